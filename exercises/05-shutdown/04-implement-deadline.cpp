// 05-shutdown/04 implement-deadline: wait for work, not too long, and leave no card.
// Read lessons/05-shutdown first. Edit only this file. Check it:  ./lab check 05-4
//
// Some dishes never come. with_deadline lets `work` run, and returns its result if that
// is there before `d` has passed. Otherwise it cancels the work, waits until the work
// has cleaned up and ended, and then throws TimeoutError, however the work ended: a
// result that comes too late is no result. Moreover:
// * If the work fails in time, its error comes out.
// * If the task that waits in with_deadline is cancelled, the work is cancelled once
//   and awaited, past the deadline if need be, and then the cancellation goes on to
//   the caller.
// * If the work would be done at the very instant of the deadline, the deadline wins.
// * With a deadline of 0 the work still begins, and is cut at its first wait.
// * When with_deadline has ended, no timer of its own is left.
// No polling. wait_for and timeout would do most of that and aren't allowed here; every
// other function of the course is. T will be int or std::string.
//
// The given cooks say when they are cancelled and when they have cleaned up, and a
// guest for each dish says how the waiting ended. A guest comes every second:
//            takes   deadline   clean-up
//   roast     10 s     500 ms     150 ms
//   soup    113 ms     500 ms
//   toast   226 ms     600 ms               fails
//   cake    400 ms     400 ms      50 ms
//   tea     612 ms     700 ms     120 ms    its guest leaves after 300 ms
//   rice    333 ms       0 ms      80 ms
//   stew    847 ms     300 ms      90 ms    returns 9 after its clean-up
//   pie     856 ms     500 ms     400 ms    its guest leaves after 200 ms
// The transcript must be
//   [  500] roast: cancelled
//   [  650] roast: clean
//   [  650] roast: timed out
//   [ 1113] soup: served 4
//   [ 2226] toast: failed: burnt
//   [ 3400] cake: cancelled
//   [ 3450] cake: clean
//   [ 3450] cake: timed out
//   [ 4300] tea: cancelled
//   [ 4420] tea: clean
//   [ 4420] tea: guest has left
//   [ 5000] rice: cancelled
//   [ 5080] rice: clean
//   [ 5080] rice: timed out
//   [ 6300] stew: cancelled
//   [ 6390] stew: clean
//   [ 6390] stew: timed out
//   [ 7200] pie: cancelled
//   [ 7600] pie: clean
//   [ 7600] pie: guest has left
//   [ 8000] closed
//
// Rules you need: R2 (tasks start later), R7 (ties), R10 (cancel), R15 (errors).
#include <aio/lab.hpp>
using namespace aio;

/// Returns: the result of `work`. Throws: TimeoutError if it took `d` or longer; what
/// the work throws before; CancelledError if the caller is cancelled. In each case the
/// work has ended by then.
template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    // TODO(1): what can be cancelled from somewhere else while it runs: `work`, or
    // what?
    // TODO(2): who cancels it when `d` has passed, and how do you learn of that later?
    get_running_loop().call_later(d, [] {});
    // TODO(3): in which ways can this wait end? What has to be done in each of them?
    co_return co_await work;
    // TODO(4): which of the three comes out: a result, TimeoutError, another exception?
}
