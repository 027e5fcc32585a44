// expect: wrong-time M46-polls — looks every 10 ms
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport report{};
    auto some_left = [](std::vector<Task<>> list) {
        return std::any_of(list.begin(), list.end(), [](auto& t) { return !t.done(); });
    };
    for (ms waited = 0ms; some_left(tasks) && waited < grace; waited += 10ms) {
        co_await sleep(10ms);
    }
    for (const Task<>& task : tasks) {
        if (!task.done()) {
            task.cancel();
        }
    }
    for (ms waited = 0ms; some_left(tasks) && waited < grace; waited += 10ms) {
        co_await sleep(10ms);
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
