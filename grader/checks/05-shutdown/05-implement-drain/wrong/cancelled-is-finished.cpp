// expect: wrong-content cancel-counts — who ends in the first wait has finished
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport report{};
    if (tasks.empty()) {
        co_return report;
    }
    const auto first = co_await wait(tasks, When::all_completed, grace);
    for (const Outcome<void>& end : co_await gather_settled(first.done)) {
        ++(end.ok() || end.cancelled() ? report.finished : report.failed);
    }
    tasks = first.pending;
    if (tasks.empty()) {
        co_return report;
    }
    for (const Task<>& task : tasks) {
        task.cancel();
    }
    co_await wait(tasks, When::all_completed, grace);
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
