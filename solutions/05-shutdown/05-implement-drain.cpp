// 05-shutdown/05 implement-drain, solved: wait, cancel what is left, wait once more.
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

/// Lets `tasks` finish for `grace`, cancels the others, and waits for them for `grace`.
/// Returns: how many ended in which way.
Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport report{};
    if (tasks.empty()) {
        co_return report; // wait() refuses an empty list
    }

    // 1 let them finish. One wait for all, so there is one clock for all; it comes back
    //   early if the last one ends early, and it cancels nobody.
    const auto evening = co_await wait(tasks, When::all_completed, grace);

    // 2 ask those who are left, and wait for their clean-up, with a limit as well: a
    //   request need not be obeyed.
    if (!evening.pending.empty()) {
        for (const Task<>& late : evening.pending) {
            late.cancel();
        }
        co_await wait(evening.pending, When::all_completed, grace);
    }

    // 3 count how each of them has ended. Who was asked may have finished all the same,
    //   or failed, so the task itself is asked. exception() of a cancelled task throws,
    //   so cancelled() comes first.
    for (const Task<>& task : tasks) {
        if (!task.done()) {
            ++report.stuck;
        } else if (task.cancelled()) {
            ++report.cut;
        } else if (task.exception() != nullptr) {
            ++report.failed;
        } else {
            ++report.finished;
        }
    }
    co_return report;
}
