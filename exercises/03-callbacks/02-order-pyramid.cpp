// 03-callbacks/02 order-pyramid: turn a pyramid of callbacks into one coroutine.
// Read lessons/03-callbacks first. Edit only this file. Check it:  ./lab check 03-2
//
// A job fetches a text, parses it and saves it, and each of these steps may fail. It
// was written with callbacks, and each of them has to look after its own error:
//
//   loop.call_later(fetch_delay, [] {
//     if (fetch_fails) { return end("fetch"); }
//     say("fetched");
//     loop.call_later(parse_delay, [] {
//       if (parse_fails) { return end("parse"); }
//       say("parsed");
//       loop.call_later(save_delay, [] {
//         if (save_fails) { return end("save"); }
//         say("saved");
//         end("");
//       });
//     });
//   });
//
// end(step) says "failed: STEP", unless step is empty, and then "closed".
//
// Rebuild it as one coroutine. Eight of these eleven blocks are its lines; the others
// are traps. fetch(), parse() and save() are coroutines that wait for the delay of
// their step and throw Error("STEP") if it fails. Braces count: what a block opens,
// another one has to close.
//
//   catch_around_call_later  try { loop.call_later(fetch_delay, chain); }
//                            catch (const Error& e) { say("failed: {}", e.what()); }
//   catch_error              } catch (const Error& e) {
//   close_always             say("closed");
//   fetch                    co_await fetch(); say("fetched");
//   parse                    co_await parse(); say("parsed");
//   result_without_await     create_task(fetch()).result(); say("fetched");
//   save                     co_await save();
//   say_failed               say("failed: {}", e.what()); }
//   say_saved                say("saved");
//   start_save_unawaited     create_task(save());
//   try_open                 try {
//
// chain is the pyramid from above, from its second line on, where each step that fails
// throws its Error instead of calling end. The loop's exception handler says
// "handler: STEP"; an error that leaves your coroutine is reported as "escaped: STEP".
//
// Your coroutine runs four times, one second apart: once nothing fails, and once each
// of the steps. With fetch 200 ms, parse 100 ms and save 50 ms the transcript must be
//   [    0] nothing fails
//   [  200] fetched
//   [  300] parsed
//   [  350] saved
//   [  350] closed
//   [ 1000] fetch fails
//   [ 1200] failed: fetch
//   [ 1200] closed
//   [ 2000] parse fails
//   [ 2200] fetched
//   [ 2300] failed: parse
//   [ 2300] closed
//   [ 3000] save fails
//   [ 3200] fetched
//   [ 3300] parsed
//   [ 3350] failed: save
//   [ 3350] closed
//
// Rules you need: R2 (tasks start later), R3 (awaiting), R15 (errors).
#include <aio/lab.hpp>
using namespace aio;

enum class Block {
    catch_around_call_later,
    catch_error,
    close_always,
    fetch,
    parse,
    result_without_await,
    save,
    say_failed,
    say_saved,
    start_save_unawaited,
    try_open
};

/// Returns: the blocks of the coroutine, from the first line to the last.
std::vector<Block> arrange() {
    return {
        Block::fetch,
        // TODO(1): which lines are said when nothing fails, and what comes before each?
        // TODO(2): how far does the try have to reach, and what stands behind its end?
        Block::close_always,
    };
}
