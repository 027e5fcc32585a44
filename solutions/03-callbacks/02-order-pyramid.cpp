// 03-callbacks/02 order-pyramid, solved: one try around three waits, closed behind it.
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
        // 1 the success path, in one try. An error that leaves a wait leaves the rest
        // of
        //   the try with it, so no later step begins.
        Block::try_open,
        Block::fetch,
        Block::parse,
        Block::save,
        // the line belongs behind its wait, and inside: it is true only if save is over
        // and has not failed.
        Block::say_saved,
        // 2 one error path for three steps, where the pyramid needs one for each.
        Block::catch_error,
        Block::say_failed,
        // 3 behind the end of both paths, so that either of them comes past it.
        Block::close_always,
    };
}
