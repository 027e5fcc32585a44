// One bell that the card and the end of the work can ring, and a date instead of a delay.
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    EventLoop& loop = get_running_loop();
    Event bell;
    bool late = false;
    const Task<T> task = create_task(std::move(work));
    TimerHandle card = loop.call_at(loop.time() + d, [&] {
        late = true;
        bell.set();
    });
    const auto link = task.add_done_callback([&bell] { bell.set(); });
    std::exception_ptr cancelled;
    try {
        co_await bell.wait();
    } catch (const CancelledError&) {
        cancelled = std::current_exception();
    }
    card.cancel();
    task.remove_done_callback(link);
    if (cancelled || late) {
        task.cancel();
        co_await gather_settled(task);
    }
    if (cancelled) {
        std::rethrow_exception(cancelled);
    }
    if (late) {
        throw TimeoutError();
    }
    co_return task.result();
}
