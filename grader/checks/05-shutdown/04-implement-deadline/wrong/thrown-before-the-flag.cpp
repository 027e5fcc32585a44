// expect: wrong-content timeout-lost — what was thrown goes out before anybody asks the flag
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    const Task<T> job = create_task(std::move(work));
    bool rang = false;
    TimerHandle card = get_running_loop().call_later(d, [&rang, job] {
        rang = true;
        job.cancel();
    });
    std::exception_ptr caught;
    T dish{};
    try {
        dish = co_await job;
    } catch (...) {
        caught = std::current_exception();
    }
    card.cancel();
    if (caught) {
        std::rethrow_exception(caught);
    }
    if (rang) {
        throw TimeoutError();
    }
    co_return dish;
}
