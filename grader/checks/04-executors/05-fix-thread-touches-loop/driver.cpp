// driver.cpp: two calls of run_with_progress, the second in debug mode, each beside an oven.
#include "script.hpp"

#include "params.hpp"

#include <thread>

namespace exercise {

std::thread::id thread_of_the_loop;

std::string who() {
    if (std::this_thread::get_id() == thread_of_the_loop) {
        return "the loop";
    }
    return aio::current_worker().empty() ? "some thread" : std::string(aio::current_worker());
}

aio::Coro<> call_it(Call call, RunWithProgress run_with_progress) {
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
aio::Coro<> watch(Call call, RunWithProgress run_with_progress) {
    aio::get_running_loop().call_later(call.oven, [] { aio::say("oven"); });
    const auto task = aio::create_task(call_it(call, run_with_progress));
    co_await aio::sleep(call.over());
    if (!task.done()) {
        aio::say("{}: still waiting", call.name);
    }
}

aio::Coro<> call_twice(Params p, RunWithProgress run_with_progress) {
    thread_of_the_loop = std::this_thread::get_id();
    aio::EventLoop& loop = aio::get_running_loop();
    loop.set_debug(false);
    co_await watch(p.plain, run_with_progress);
    aio::say("debug mode on");
    loop.set_debug(true);
    co_await watch(p.debug, run_with_progress);
    if (!loop.get_debug()) {
        aio::say("debug mode is off");
    }
}

void run_script(std::uint64_t seed, RunWithProgress run_with_progress) {
    aio::run(call_twice(draw(seed), run_with_progress));
}

} // namespace exercise
