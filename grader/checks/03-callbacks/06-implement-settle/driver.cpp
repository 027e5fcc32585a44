// driver.cpp: children that end in all ways, and three calls of settle_all: one that ends in peace,
// one with an empty list, one that is cancelled.
#include "script.hpp"

#include "params.hpp"

#include <type_traits>

namespace exercise {

/// A child: takes its time, then has a value or an error; when cancelled, cleans up first.
template <class T> aio::Coro<T> child(DrawnChild c) {
    aio::say("{}: begins", c.name);
    if (c.cancelled_at) {
        aio::get_running_loop().call_later(*c.cancelled_at,
                                           [task = aio::current_task()] { task.cancel(); });
    }
    std::exception_ptr cancelled; // to be awaited on outside of the catch block
    try {
        co_await aio::sleep(c.delay);
    } catch (const aio::CancelledError&) {
        cancelled = std::current_exception();
    }
    if (cancelled) {
        aio::say("{}: stopped", c.name);
        if (c.clean_up > 0ms) {
            co_await aio::sleep(c.clean_up);
            aio::say("{}: cleaned up", c.name);
        }
        std::rethrow_exception(cancelled);
    }
    if (!c.error.empty()) {
        aio::say("{}: fails", c.name);
        throw aio::Error(c.error);
    }
    aio::say("{}: done", c.name);
    if constexpr (std::is_same_v<T, int>) {
        co_return c.value;
    } else {
        co_return std::to_string(c.value);
    }
}

template <class T>
aio::Coro<> call_settle_all(std::vector<DrawnChild> drawn, SettleAll<T> settle_all) {
    std::vector<aio::Coro<T>> work;
    for (const DrawnChild& one : drawn) {
        work.push_back(child<T>(one));
    }
    try {
        const std::vector<aio::Outcome<T>> outcomes = co_await settle_all(std::move(work));
        aio::say("settled {}", outcomes.size());
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            if (outcomes[i].cancelled()) {
                aio::say("{}: cancelled", i);
            } else if (!outcomes[i].ok()) {
                aio::say("{}: error {}", i, outcomes[i].error());
            } else if (outcomes[i].value) {
                aio::say("{}: value {}", i, *outcomes[i].value);
            } else {
                aio::say("{}: neither a value nor an error", i);
            }
        }
    } catch (const aio::CancelledError&) {
        aio::say("settle_all: cancelled");
    } catch (...) {
        aio::say("settle_all: threw {}", aio::describe(std::current_exception()));
    }
}

aio::Coro<> call_three_times(Params p, SettleAll<int> ints, SettleAll<std::string> strings) {
    const auto first = aio::create_task(call_settle_all<int>(p.first, ints));
    co_await aio::sleep(p.second_at);
    if (!first.done()) {
        aio::say("settle_all: still waiting");
    }
    co_await call_settle_all<std::string>({}, strings);
    const auto third = aio::create_task(call_settle_all<std::string>(p.third, strings));
    aio::get_running_loop().call_later(p.cancel, [third] { third.cancel(); });
    co_await aio::sleep(1s); // every child could be done by then
    if (!third.done()) {
        aio::say("settle_all: still waiting");
    }
}

void run_script(std::uint64_t seed, SettleAll<int> ints, SettleAll<std::string> strings) {
    aio::run(call_three_times(draw(seed), ints, strings));
}

} // namespace exercise
