// 03-callbacks/06 implement-settle: run work together and tell how each piece ended.
// Read lessons/03-callbacks first. Edit only this file. Check it:  ./lab check 03-6
//
// gather throws the first error. settle_all throws none: it begins all of its work
// together, waits until the last piece has ended, and returns one Outcome for each, in
// the order of the arguments: a value, the text of an error, or that the piece was
// cancelled. The given functions make the three kinds of Outcome. An empty list gives
// an empty list, in no time. No polling: set no timer. gather_settled would do all
// that and isn't allowed here; every other function of the course is.
//
// There are two sorts of cancel, and each comes as CancelledError.
// * Somebody cancels one piece of work. It ends as cancelled, and nothing happens to
//   the others.
// * Somebody cancels the task that awaits settle_all. Then settle_all cancels every
//   piece that still runs, once, waits until all of them have ended, clean-up and all,
//   and lets the CancelledError out instead of returning.
// How often the task that runs was asked to stop: current_task().cancelling().
//
// The checker calls settle_all three times. First with download (fails at 1000 ms),
// backup (2000 ms) and scan (cancelled at 1500 ms); then with nothing; then with four
// dishes, and cancels that call after 500 ms, when the salad needs 100 ms to clean up.
// The transcript must be (lines of one instant in any order)
//   [    0] download: begins
//   [    0] backup: begins
//   [    0] scan: begins
//   [ 1000] download: fails
//   [ 1500] scan: stopped
//   [ 2000] backup: done
//   [ 2000] settled 3
//   [ 2000] 0: error Something went wrong
//   [ 2000] 1: value 7
//   [ 2000] 2: cancelled
//   [ 3000] settled 0
//   [ 3000] soup: begins
//   [ 3000] bread: begins
//   [ 3000] salad: begins
//   [ 3000] tea: begins
//   [ 3500] soup: stopped
//   [ 3500] bread: stopped
//   [ 3500] salad: stopped
//   [ 3500] tea: stopped
//   [ 3600] salad: cleaned up
//   [ 3600] settle_all: cancelled
//
// Rules you need: R2 (tasks), R3 (awaiting), R10 (cancel), R15 (errors).
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);          // given
template <class T> Outcome<T> make_failure(std::string what); // given
template <class T> Outcome<T> make_cancelled();               // given

/// Runs all of `work` together and waits for the last of it.
/// Returns: how each piece ended, in the order of the arguments.
template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Outcome<T>> outcomes;
    // TODO(1): how does all of `work` begin before any piece of it is awaited?
    for (Coro<T>& piece : work) {
        // TODO(2): in which other ways can it end, and where does that come out?
        outcomes.push_back(make_outcome<T>(co_await piece));
        // TODO(3): if a CancelledError came, who was cancelled, and what follows?
    }
    co_return outcomes;
}
