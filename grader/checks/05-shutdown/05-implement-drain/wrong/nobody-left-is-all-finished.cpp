// expect: wrong-content M21-nobody-left — if nobody is left at the limit, all have finished
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    if (tasks.empty()) {
        co_return DrainReport{0, 0, 0, 0};
    }
    Waited<Task<>> first = co_await wait(tasks, When::all_completed, grace);
    if (first.pending.empty()) {
        co_return DrainReport{static_cast<int>(tasks.size()), 0, 0, 0};
    }
    for (Task<>& task : first.pending) {
        task.cancel();
    }
    co_await wait(first.pending, When::all_completed, grace);
    DrainReport report{};
    for (const Task<>& task : tasks) {
        if (!task.done()) {
            ++report.stuck;
        } else if (task.cancelled()) {
            ++report.cut;
        } else if (task.exception()) {
            ++report.failed;
        } else {
            ++report.finished;
        }
    }
    co_return report;
}
