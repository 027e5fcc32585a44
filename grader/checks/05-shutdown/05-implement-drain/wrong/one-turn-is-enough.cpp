// expect: wrong-content M34 — gives those who were asked one turn
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
    for (const Task<>& task : first.pending) {
        task.cancel();
    }
    co_await sleep(0ms);
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
