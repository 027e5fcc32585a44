// expect: wrong-content M31 — counts whom it has asked, not how they ended
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    if (tasks.empty()) {
        co_return DrainReport{};
    }
    const auto in_time = co_await wait(tasks, When::all_completed, grace);
    DrainReport report{};
    for (const Task<>& task : in_time.done) {
        if (task.cancelled()) {
            report.cut++;
        } else if (task.exception() != nullptr) {
            report.failed++;
        } else {
            report.finished++;
        }
    }
    if (in_time.pending.empty()) {
        co_return report;
    }
    for (const Task<>& task : in_time.pending) {
        task.cancel();
    }
    const auto after = co_await wait(in_time.pending, When::all_completed, grace);
    report.cut += static_cast<int>(after.done.size());
    report.stuck += static_cast<int>(after.pending.size());
    co_return report;
}
