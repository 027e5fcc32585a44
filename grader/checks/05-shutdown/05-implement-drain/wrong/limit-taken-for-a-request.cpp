// expect: wrong-content wait-cancels — thinks that wait cancels who is late
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
    const auto seen = co_await wait(tasks, When::all_completed, grace);
    if (!seen.pending.empty()) {
        co_await wait(seen.pending, When::all_completed, grace);
    }
    for (const Task<>& task : tasks) {
        if (!task.done()) {
            ++report.stuck;
        } else if (task.cancelled()) {
            ++report.cut;
        } else {
            ++(task.exception() ? report.failed : report.finished);
        }
    }
    co_return report;
}
