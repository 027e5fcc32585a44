// expect: incomplete work-left-running — wait() hears of the cancel, the work does not
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    std::vector<Task<T>> tasks = {create_task(std::move(work))};
    auto seen = co_await wait(tasks, When::all_completed, d);
    if (seen.pending.size() == 0) {
        co_return tasks[0].result();
    }
    tasks[0].cancel();
    co_await wait(tasks);
    throw TimeoutError();
}
