// expect: wrong-time grace-per-task — waits for one task at a time, and cancels it
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport report{};
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        std::vector<Task<>> one;
        one.push_back(tasks[i]);
        auto seen = co_await wait(one, When::all_completed, grace);
        if (!seen.pending.empty()) {
            tasks[i].cancel();
            co_await wait(one, When::all_completed, grace);
        }
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
