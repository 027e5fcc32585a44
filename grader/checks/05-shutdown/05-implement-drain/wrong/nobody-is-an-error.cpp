// expect: wrong-content empty-list — hands an empty list to wait
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport report{};
    const auto first = co_await wait(tasks, When::all_completed, grace);
    for (const Task<>& task : first.pending) {
        task.cancel();
    }
    if (!first.pending.empty()) {
        co_await wait(first.pending, When::all_completed, grace);
    }
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
