// expect: wrong-content M25 — stands still for d, as a thread would
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    const auto job = create_task(std::move(work));
    co_await sleep(0ms);
    block_for(d);
    co_await sleep(0ms);
    if (job.done()) {
        co_return job.result();
    }
    job.cancel();
    co_await gather_settled(job);
    throw TimeoutError();
}
