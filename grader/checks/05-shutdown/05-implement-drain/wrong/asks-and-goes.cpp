// expect: wrong-content M34 — cancels what is left and returns at once
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    if (tasks.empty()) {
        co_return DrainReport{0, 0, 0, 0};
    }
    auto evening = co_await wait(tasks, When::all_completed, grace);
    DrainReport report{};
    for (Task<>& task : evening.pending) {
        task.cancel();
        ++report.cut;
    }
    for (Task<>& task : evening.done) {
        if (task.cancelled()) {
            ++report.cut;
        } else {
            ++(task.exception() ? report.failed : report.finished);
        }
    }
    co_return report;
}
