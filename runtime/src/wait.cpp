// wait.cpp: waiting for the first of several events, and cancelling what is late.
#include "aio/wait.hpp"

namespace aio::detail {
namespace {

/// Listens to several futures and stops listening at the end of the scope.
struct Subscriptions {
    std::vector<std::pair<Ref<FutureBase>, std::uint64_t>> list;

    void add(const Ref<FutureBase>& future, Callback callback) {
        future->refuse_other_loop(get_running_loop().id());
        list.emplace_back(future, future->add_callback(std::move(callback)));
    }
    ~Subscriptions() {
        for (const auto& [future, id] : list) {
            future->remove_callback(id);
        }
    }
};

struct Progress {
    Future<void> enough;
    std::size_t left;
    When when;

    void one_ended(FutureBase& future) {
        --left;
        const bool failed =
            left > 0 && when == When::first_exception && future.status == FutureStatus::failed;
        future.retrieved = future.retrieved || failed;
        if ((left == 0 || when == When::first_completed || failed) && !enough.done()) {
            enough.set_result();
        }
    }
};

} // namespace

Coro<> wait_until(std::vector<Ref<FutureBase>> futures, When when,
                  std::optional<duration> timeout) {
    if (futures.empty()) {
        throw Error("wait() needs at least one task");
    }
    std::optional<Alarm> alarm;
    if (timeout) {
        alarm.emplace(*timeout);
    }
    const Future<void> enough = alarm ? alarm->rung() : get_running_loop().create_future<void>();
    const auto progress = std::make_shared<Progress>(Progress{enough, futures.size(), when});
    Subscriptions subscriptions;
    for (const auto& future : futures) {
        subscriptions.add(future,
                          [progress, ended = future.get()] { progress->one_ended(*ended); });
    }
    co_await enough;
}

Coro<> cancel_and_wait(Ref<FutureBase> future) {
    const Future<void> ended = get_running_loop().create_future<void>();
    Subscriptions subscriptions;
    subscriptions.add(future, completing(ended));
    future->cancel({});
    co_await ended;
}

void throw_if_late(FutureBase& future) {
    if (future.ended_by_cancel()) {
        future.retrieved = true;
        throw TimeoutError();
    }
}

Coro<> ended_before(const Alarm& alarm, Ref<FutureBase> future) {
    future->refuse_other_loop(alarm.rung().state().loop_id());
    const std::uint64_t id = future->add_callback(completing(alarm.rung()));
    std::exception_ptr cancelled; // kept, since a catch block must not await
    try {
        co_await alarm.rung();
    } catch (const CancelledError&) {
        cancelled = std::current_exception();
    }
    if (future->done()) {
        co_return; // also if the caller was cancelled at this instant: Python 3.11 loses that
    }
    future->remove_callback(id);
    co_await cancel_and_wait(future);
    if (cancelled) {
        std::rethrow_exception(cancelled);
    }
    throw_if_late(*future);
}

} // namespace aio::detail
