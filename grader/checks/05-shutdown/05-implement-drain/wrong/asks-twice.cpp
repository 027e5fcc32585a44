// expect: wrong-content M35 — cancels those who are left at the end once more
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport report{};
    for (int lap = 0; lap < 2; ++lap) {
        std::vector<Task<>> left;
        for (const Task<>& task : tasks) {
            if (!task.done()) {
                left.push_back(task);
            }
        }
        if (left.empty()) {
            break;
        }
        const auto seen = co_await wait(left, When::all_completed, grace);
        for (const Task<>& task : seen.pending) {
            task.cancel();
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
