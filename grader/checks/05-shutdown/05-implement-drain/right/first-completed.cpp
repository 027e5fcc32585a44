// Takes them out one by one as they end, always waiting until the same date.
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport report{};
    ms limit = now() + grace;
    bool asked = false;
    while (!tasks.empty()) {
        const auto seen = co_await wait(tasks, When::first_completed, limit - now());
        for (const Task<>& task : seen.done) {
            try {
                co_await task;
                ++report.finished;
            } catch (const CancelledError&) {
                ++report.cut;
            } catch (const std::exception&) {
                ++report.failed;
            }
        }
        tasks = seen.pending;
        if (now() < limit) {
            continue;
        }
        if (asked) {
            break;
        }
        asked = true;
        limit += grace;
        for (const Task<>& task : tasks) {
            task.cancel();
        }
    }
    report.stuck = static_cast<int>(tasks.size());
    co_return report;
}
