// expect: wrong-content M35 — cancels who is left, and then once more to be sure
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport r{};
    if (tasks.empty()) {
        co_return r;
    }
    const auto evening = co_await wait(tasks, When::all_completed, grace);
    for (int i = 0; i < 2; ++i) {
        for (const Task<>& late : evening.pending) {
            late.cancel();
        }
    }
    if (!evening.pending.empty()) {
        co_await wait(evening.pending, When::all_completed, grace);
    }
    for (const Task<>& task : tasks) {
        int& field = !task.done()                  ? r.stuck
                     : task.cancelled()            ? r.cut
                     : task.exception() != nullptr ? r.failed
                                                   : r.finished;
        ++field;
    }
    co_return r;
}
