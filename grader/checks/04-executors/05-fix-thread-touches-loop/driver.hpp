// driver.hpp: two calls of run_with_progress, the second in debug mode, each beside an oven.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

#include <thread>

namespace exercise {

inline std::thread::id thread_of_the_loop;

inline std::string who() {
    if (std::this_thread::get_id() == thread_of_the_loop) {
        return "the loop";
    }
    return aio::current_worker().empty() ? "some thread" : std::string(aio::current_worker());
}

aio::Coro<> call_it(Call call) {
    const auto on_progress = [call](int k) {
        aio::say("{}: {} of {}, says {}", call.name, k, call.steps, who());
    };
    try {
        co_await run_with_progress(call.steps, call.step_time, on_progress);
        aio::say("{}: finished", call.name);
    } catch (const aio::CancelledError&) {
        throw; // at the end of a case in which it still waits
    } catch (const std::exception& error) {
        aio::say("{}: failed: {}", call.name, error.what());
    }
}

/// Calls it, and goes on when it must be over.
aio::Coro<> watch(Call call) {
    aio::get_running_loop().call_later(call.oven, [] { aio::say("oven"); });
    const auto task = aio::create_task(call_it(call));
    co_await aio::sleep(call.over());
    if (!task.done()) {
        aio::say("{}: still waiting", call.name);
    }
}

aio::Coro<> call_twice(Params p) {
    thread_of_the_loop = std::this_thread::get_id();
    aio::EventLoop& loop = aio::get_running_loop();
    loop.set_debug(false);
    co_await watch(p.plain);
    aio::say("debug mode on");
    loop.set_debug(true);
    co_await watch(p.debug);
    if (!loop.get_debug()) {
        aio::say("debug mode is off");
    }
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    aio::run(exercise::call_twice(exercise::draw(seed)));
}
