// expect: wrong-order M46 — sleeps for the grace instead of waiting with a limit
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport report{};
    co_await sleep(grace);
    std::vector<Task<>> late;
    for (const Task<>& task : tasks) {
        if (!task.done()) {
            task.cancel();
            late.push_back(task);
        }
    }
    if (!late.empty()) {
        co_await wait(late, When::all_completed, grace);
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
