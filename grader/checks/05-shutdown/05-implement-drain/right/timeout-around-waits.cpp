// timeout cancels this very task, while it waits for one after the other in a wait().
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<> all_ended(std::vector<Task<>> tasks) {
    for (const Task<>& task : tasks) {
        const std::vector<Task<>> one = {task};
        co_await wait(one);
    }
}

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    for (const bool ask : {true, false}) {
        try {
            co_await timeout(grace, all_ended(tasks));
        } catch (const TimeoutError&) {
            for (const Task<>& task : tasks) {
                if (ask && !task.done()) {
                    task.cancel();
                }
            }
        }
    }
    DrainReport report{};
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
