// 04-executors/02 countdown-while-blocking: a countdown beside a call that blocks.
// Read lessons/04-executors first. Edit only this file. Check it:  ./lab check 04-2
//
// Write an async function that uses run_in_executor to run a blocking function, which
// takes 1 s and returns a value, in a thread pool, so that the loop is not blocked.
// While it runs, count down from 5 to 1 in a coroutine: say each number, and wait for
// 0.2 s after each. Then say what the blocking function has returned.
//
// blocking_work(d) is given. It blocks for d and returns a text, "blocking result" in
// the first case that is checked. Your overlap hands it to the pool, once, and
// meanwhile runs your countdown, which says "  Countdown: 5" and so on, with two spaces
// in front. When both of them are over, the last wait included, it says "Executor
// returned: " with the text that blocking_work has returned. The work may take longer
// than the countdown, as long, or not as long, and the countdown may begin at any
// number from 1.
//
// With work of 1000 ms, and 200 ms after each number from 5 on, the transcript must be
//   [    0]   Countdown: 5
//   [  200]   Countdown: 4
//   [  400]   Countdown: 3
//   [  600]   Countdown: 2
//   [  800]   Countdown: 1
//   [ 1000] Executor returned: blocking result
//
// Rules you need: R3 (awaiting), R6 (when time moves), R9 (workers).
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d); // given: block_for(d); returns "blocking result"

/// Says the numbers from `from` down to 1, and waits for `step` after each.
Coro<> countdown(int from, ms step) {
    // TODO(1): how many numbers are there, and which of them has no wait behind it?
    say("  Countdown: {}", from);
    co_await sleep(step);
}

/// Runs blocking_work(work) in a thread pool and, at the same time, the countdown.
Coro<> overlap(ms work, int from, ms step) {
    // TODO(2): whose hands do the work here, and who could do it instead?
    std::string result = blocking_work(work);
    // TODO(3): what has to be under way before this function waits for the first time?
    co_await countdown(from, step);
    say("Executor returned: {}", result);
}
