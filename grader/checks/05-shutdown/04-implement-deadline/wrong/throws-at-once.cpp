// expect: wrong-order M34 — cancels the work and throws in the same breath
#include <aio/lab.hpp>
using namespace aio;

struct Race {
    Future<void> over;
    bool late = false;
};

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    auto task = create_task(std::move(work));
    auto race = std::make_shared<Race>();
    race->over = get_running_loop().create_future<void>();
    task.add_done_callback([race] {
        if (!race->over.done()) {
            race->over.set_result();
        }
    });
    auto timer = get_running_loop().call_later(d, [race] {
        race->late = true;
        if (!race->over.done()) {
            race->over.set_result();
        }
    });
    std::exception_ptr gone;
    try {
        co_await race->over;
    } catch (const CancelledError&) {
        gone = std::current_exception();
    }
    timer.cancel();
    if (gone) {
        task.cancel();
        co_await gather_settled(task);
        std::rethrow_exception(gone);
    }
    if (race->late) {
        task.cancel();
        throw TimeoutError();
    }
    co_return task.result();
}
