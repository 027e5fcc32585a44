// expect: incomplete loser-runs-on — Promise.race: the loser is not asked to stop
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    const Task<T> job = create_task(std::move(work));
    const std::vector<Task<T>> racers(1, job);
    const auto first = co_await wait(racers, When::first_completed, d);
    if (first.done.empty()) {
        throw TimeoutError();
    }
    co_return job.result();
}
