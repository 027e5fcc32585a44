// A watcher for each task tells how it ended; a shield keeps the limit from cancelling it.
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

/// Returns: the field of the report that this task adds one to.
Coro<int DrainReport::*> watch(Task<> task, ms grace) {
    bool asked = false;
    for (;;) {
        try {
            co_await wait_for(shield(Future<void>(task)), grace);
            co_return &DrainReport::finished;
        } catch (const TimeoutError&) {
        } catch (const CancelledError&) {
            co_return &DrainReport::cut;
        } catch (...) {
            co_return &DrainReport::failed;
        }
        if (std::exchange(asked, true)) {
            co_return &DrainReport::stuck;
        }
        task.cancel();
    }
}

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    std::vector<Coro<int DrainReport::*>> watchers;
    for (const Task<>& task : tasks) {
        watchers.push_back(watch(task, grace));
    }
    DrainReport report{};
    for (const auto field : co_await gather(std::move(watchers))) {
        ++(report.*field);
    }
    co_return report;
}
