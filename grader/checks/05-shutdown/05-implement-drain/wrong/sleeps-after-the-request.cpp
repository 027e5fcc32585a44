// expect: wrong-order M46 — gives the clean-up its whole time, needed or not
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
    if (first.pending.size() > 0) {
        for (Task<> guest : first.pending) {
            guest.cancel();
        }
        co_await sleep(grace);
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
