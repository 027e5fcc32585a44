// 05-shutdown/05 implement-drain: let them finish, then ask them, then go.
// Read lessons/05-shutdown first. Edit only this file. Check it:  ./lab check 05-5
//
// It is closing time for some tasks. drain(tasks, grace) gives them one common limit:
// `grace` after the call. Up to then they may finish, and when the last of them has
// ended, drain returns at once. At the limit it cancels those that are left, each of
// them once, and waits for their clean-up, but no longer than `grace` once more. Then
// it returns, whatever they do. It counts how each task has ended when drain returns,
// whoever has asked it to:
//   finished  it returned            failed  it ended with an error
//   cut       it ended as cancelled  stuck   it has not ended
// drain itself throws no error of a task. No tasks: there is nothing to wait for. When
// it returns, no timer of its own is left. No polling: wait for the tasks.
//
// The checker calls it four times. Of the jobs, d and k fail, somebody else cancels e
// and l, and the others answer a request in their own ways: g fails in its clean-up, h
// hurries and finishes, and i goes on as before. The transcript must be
//   [  100] drain a b c, grace 1000
//   [  200] a finished
//   [  600] b finished
//   [ 1100] c cut off
//   [ 1100] drained: 2 finished, 1 cut, 0 failed, 0 stuck
//   [ 1200] drain nobody, grace 300
//   [ 1200] drained: 0 finished, 0 cut, 0 failed, 0 stuck
//   [ 1400] drain d e f g h i, grace 300
//   [ 1450] d fails
//   [ 1500] e cut off
//   [ 1700] f cut off
//   [ 1700] g cut off
//   [ 1700] h hurries
//   [ 1700] i goes on
//   [ 1750] g fails
//   [ 1800] f cleaned up
//   [ 1850] h finished
//   [ 2000] drained: 1 finished, 2 cut, 2 failed, 1 stuck
//   [ 2400] i finished
//   [ 2550] j finished
//   [ 2600] drain j k l m, grace 500
//   [ 2700] k fails
//   [ 2750] l cut off
//   [ 2800] m finished
//   [ 2800] drained: 2 finished, 1 cut, 1 failed, 0 stuck
//
// Rules you need: R10 (cancel), R15 (errors), R3 (awaiting).
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

/// Lets `tasks` finish for `grace`, cancels the others, and waits for them for `grace`.
/// Returns: how many ended in which way.
Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    // TODO(1): this wait can't end early; which one can, and waits for all together?
    co_await sleep(grace);
    for (const Task<>& task : tasks) {
        // TODO(2): which of them are asked, and for what does drain wait then?
        task.cancel();
    }
    DrainReport report{};
    for (const Task<>& task : tasks) {
        // TODO(3): which questions can you ask it, and which of them may throw?
        report.stuck += task.done() ? 0 : 1;
    }
    co_return report;
}
