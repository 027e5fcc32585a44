// expect: wrong-order M34-guest — the guest's cancel is passed on in the instant in which it comes
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    std::vector<Task<T>> tasks;
    tasks.push_back(create_task(std::move(work)));
    bool over = false;
    try {
        auto seen = co_await wait(tasks, When::all_completed, d);
        over = !seen.pending.empty();
    } catch (const CancelledError&) {
        tasks.front().cancel();
        throw;
    }
    if (over) {
        tasks.front().cancel();
        co_await wait(tasks);
        throw TimeoutError();
    }
    co_return tasks.front().result();
}
