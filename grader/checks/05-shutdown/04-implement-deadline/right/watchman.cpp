// A task that sleeps for d, made before the work, and sent home at the end.
#include <aio/lab.hpp>
using namespace aio;

template <class T> struct Table {
    Task<T> work;
    bool late = false;
};

template <class T> Coro<> watch(std::shared_ptr<Table<T>> table, ms d) {
    co_await sleep(d);
    table->late = true;
    table->work.cancel();
}

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    auto table = std::make_shared<Table<T>>();
    const Task<> watchman = create_task(watch(table, d));
    table->work = create_task(std::move(work));
    std::exception_ptr cancelled;
    try {
        co_await wait(std::vector<Task<T>>(1, table->work));
    } catch (const CancelledError&) {
        cancelled = std::current_exception();
    }
    watchman.cancel();
    if (cancelled) {
        table->work.cancel();
        co_await gather_settled(table->work);
        std::rethrow_exception(cancelled);
    }
    if (table->late) {
        throw TimeoutError();
    }
    co_return table->work.result();
}
