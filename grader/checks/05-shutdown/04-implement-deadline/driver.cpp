// driver.cpp: cooks that can be cancelled, and a guest for each dish, one every second.
#include "script.hpp"

#include "params.hpp"

#include <type_traits>

namespace exercise {

/// The work: takes its time, then has a value or an error; when cancelled, cleans up first.
template <class T> aio::Coro<T> cook(Order order) {
    std::exception_ptr cancelled; // to be awaited on outside of the catch block
    try {
        co_await aio::sleep(order.takes);
    } catch (const aio::CancelledError&) {
        cancelled = std::current_exception();
    }
    if (cancelled) {
        aio::say("{}: cancelled", order.name);
        co_await aio::sleep(order.cleanup);
        aio::say("{}: clean", order.name);
        if (!order.returns_all_the_same) {
            std::rethrow_exception(cancelled);
        }
    }
    if (!order.error.empty()) {
        throw aio::Error(order.error);
    }
    if constexpr (std::is_same_v<T, int>) {
        co_return order.value;
    } else {
        co_return std::to_string(order.value);
    }
}

template <class T> aio::Coro<> guest(Order order, WithDeadline<T> with_deadline) {
    try {
        const T dish = co_await with_deadline(cook<T>(order), order.deadline);
        aio::say("{}: served {}", order.name, dish);
    } catch (const aio::TimeoutError&) {
        aio::say("{}: timed out", order.name);
    } catch (const aio::CancelledError&) {
        aio::say("{}: guest has left", order.name);
    } catch (...) {
        aio::say("{}: failed: {}", order.name, aio::describe(std::current_exception()));
    }
}

aio::Coro<> one_guest_a_second(std::vector<Order> orders, WithDeadline<int> ints,
                               WithDeadline<std::string> strings) {
    bool even = false;
    for (const Order& order : orders) {
        even = !even;
        const aio::Task<> task =
            even ? aio::create_task(guest<int>(order, ints), order.name)
                 : aio::create_task(guest<std::string>(order, strings), order.name);
        if (order.leaves) {
            aio::get_running_loop().call_later(*order.leaves, [task] { task.cancel(); });
        }
        co_await aio::sleep(1s);
        if (!task.done()) {
            aio::say("{}: still waiting", order.name);
        }
    }
    aio::say("closed");
}

void run_script(std::uint64_t seed, WithDeadline<int> ints, WithDeadline<std::string> strings) {
    aio::run(one_guest_a_second(draw(seed).orders, ints, strings));
}

} // namespace exercise
