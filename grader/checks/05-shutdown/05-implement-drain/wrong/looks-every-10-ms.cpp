// expect: wrong-time M46-polls — looks again and again whether all have ended
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport report{};
    const auto all_done = [&tasks] {
        for (const Task<>& task : tasks) {
            if (!task.done()) {
                return false;
            }
        }
        return true;
    };
    const ms limit = now() + grace;
    while (!all_done() && now() < limit) {
        co_await sleep(7ms);
    }
    for (const Task<>& task : tasks) {
        if (!task.done()) {
            task.cancel();
        }
    }
    const ms last = now() + grace;
    while (!all_done() && now() < last) {
        co_await sleep(7ms);
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
