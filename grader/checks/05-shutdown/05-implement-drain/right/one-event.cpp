// Callbacks count down to an event, and a timer of its own may set it first.
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

/// Waits for those that are not done, but not longer than `limit`.
Coro<> wait_for_all(std::vector<Task<>> tasks, ms limit) {
    const Event enough;
    auto left = std::make_shared<std::size_t>(0);
    for (const Task<>& task : tasks) {
        if (!task.done()) {
            ++*left;
            task.add_done_callback([left, enough] {
                if (--*left == 0) {
                    enough.set();
                }
            });
        }
    }
    if (*left > 0) {
        TimerHandle alarm = get_running_loop().call_later(limit, [enough] { enough.set(); });
        co_await enough.wait();
        alarm.cancel();
    }
}

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    co_await wait_for_all(tasks, grace);
    for (auto task = tasks.rbegin(); task != tasks.rend(); ++task) {
        if (!task->done()) {
            task->cancel();
        }
    }
    co_await wait_for_all(tasks, grace);
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
