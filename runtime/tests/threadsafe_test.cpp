// threadsafe_test.cpp: coroutines that other threads leave at a loop, and what they get back.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace aio;
using aio::testing::Log;
using aio::testing::VirtualWorld;

namespace {

Coro<int> number_after(ms delay, int number) {
    co_await sleep(delay);
    co_return number;
}

Coro<std::unique_ptr<int>> boxed(int number) { co_return std::make_unique<int>(number); }

Coro<> fail(std::string text) {
    co_await sleep(10ms);
    throw Error(text);
}

Coro<> sleep_long(VirtualWorld& world) {
    try {
        co_await sleep(1h);
    } catch (const CancelledError&) {
        world.note("told to stop");
        throw;
    }
}

Coro<> never(EventLoop& loop) { co_await loop.create_future<void>(); }

Coro<> wait_for_itself(EventLoop& loop) {
    run_coroutine_threadsafe(number_after(0ms, 1), loop).get();
    co_return;
}

/// Runs `job` on a worker until it has ended, and gives back its result or its error.
template <class F> auto on_a_worker(VirtualWorld& world, F job) {
    return world.loop.run_until_complete(world.loop.run_in_executor(nullptr, job));
}

/// As on_a_worker(), but the loop runs when the job begins.
template <class F> Coro<std::string> from_a_job(F job) {
    co_return co_await get_running_loop().run_in_executor(nullptr, job);
}

} // namespace

TEST_CASE("a worker gets the result of a coroutine on its loop, and its error") {
    VirtualWorld world;

    const int number = on_a_worker(world, [&] {
        const auto result = run_coroutine_threadsafe(number_after(20ms, 42), world.loop);
        CHECK_FALSE(result.done());
        const auto copy = result;
        return result.get() + copy.get(50ms);
    });
    CHECK(number == 84);
    CHECK(world.clock.now() == time_point{20ms});
    CHECK(on_a_worker(world,
                      [&] { return *run_coroutine_threadsafe(boxed(7), world.loop).get(); }) == 7);
    CHECK_THROWS_WITH_AS(
        on_a_worker(world, [&] { run_coroutine_threadsafe(fail("boom"), world.loop).get(); }),
        "boom", Error);
}

TEST_CASE("a wait with a limit ends with TimeoutError; the coroutine goes on") {
    VirtualWorld world;

    on_a_worker(world, [&] {
        const auto result = run_coroutine_threadsafe(number_after(20ms, 42), world.loop);
        CHECK_THROWS_AS(result.get(15ms), TimeoutError);
        world.note("too late");
        CHECK(result.get(15ms) == 42);
        world.note("here it is");
    });

    CHECK(world.log == Log{"15 too late", "20 here it is"});
}

TEST_CASE("cancelling ends the wait at once, and asks the coroutine to stop") {
    VirtualWorld world;

    on_a_worker(world, [&] {
        const auto result = run_coroutine_threadsafe(sleep_long(world), world.loop);
        const auto before_it_began = run_coroutine_threadsafe(sleep_long(world), world.loop);
        CHECK(before_it_began.cancel());
        block_for(30ms);
        CHECK(result.cancel());
        CHECK(result.done());
        CHECK_FALSE(result.cancel());
        CHECK_THROWS_AS(result.get(), CancelledError);
        CHECK_THROWS_AS(before_it_began.get(), CancelledError);
        block_for(10ms);
    });
    CHECK(world.log == Log{"30 told to stop"}); // the other never began
}

TEST_CASE("a coroutine that is cancelled on its loop frees who waits for it") {
    VirtualWorld world;

    world.loop.call_later(10ms, [&] {
        for (const AnyTask& task : all_tasks()) {
            task.cancel();
        }
    });
    on_a_worker(world, [&] {
        const auto result = run_coroutine_threadsafe(sleep_long(world), world.loop);
        CHECK_THROWS_AS(result.get(), CancelledError);
    });

    CHECK(world.log == Log{"10 told to stop"});
}

TEST_CASE("a loop that ends, or waits for itself, is an error and no endless wait") {
    VirtualWorld world;
    const char* const ended = "the loop ended before the coroutine did";

    CHECK_THROWS_WITH_AS(world.run(wait_for_itself(world.loop)),
                         "a loop cannot wait for its own coroutine: co_await it", Error);
    const auto not_begun = run_coroutine_threadsafe(never(world.loop), world.loop);
    world.run(sleep(0ms));
    const auto posted = run_coroutine_threadsafe(never(world.loop), world.loop);
    CHECK_THROWS_WITH_AS(posted.get(), "this thread waits for a sign that can never come",
                         DeadlockError);
    world.loop.close();
    CHECK_THROWS_WITH_AS(not_begun.get(), ended, Error);
    CHECK_THROWS_WITH_AS(posted.get(), ended, Error);
    CHECK_THROWS_WITH_AS(run_coroutine_threadsafe(never(world.loop), world.loop),
                         "event loop is closed", Error);
}

TEST_CASE("a thread that is no worker waits on the loop's clock as well") {
    VirtualWorld world;
    const VirtualClock::Hold until_it_waits(world.clock);
    std::thread other;
    world.loop.call_soon([&] { // once the loop runs: before, nobody could ring
        other = std::thread([&] {
            const auto result = run_coroutine_threadsafe(number_after(20ms, 42), world.loop);
            CHECK_THROWS_AS(result.get(15ms), TimeoutError);
            CHECK(result.get() == 42);
            world.loop.call_soon_threadsafe([&] {
                world.note("stop");
                world.loop.stop();
            });
        });
    });
    world.loop.run_forever();
    other.join();

    CHECK(world.log == Log{"20 stop"});
}

TEST_CASE("a thread gets a result from a loop on the real clock (real)") {
    RealClock clock;
    EventLoop loop({.clock = &clock, .selector = nullptr});
    std::thread other([&] {
        const auto slow = run_coroutine_threadsafe(never(loop), loop);
        CHECK_THROWS_AS(slow.get(1ms), TimeoutError);
        CHECK(slow.cancel());
        CHECK(run_coroutine_threadsafe(number_after(1ms, 42), loop).get(1h) == 42);
        loop.call_soon_threadsafe([&] { loop.stop(); });
    });
    loop.run_forever();
    other.join();
}

TEST_CASE("in debug mode other threads may only post to a loop that runs") {
    const aio::testing::RecordingTracer tracer;
    VirtualWorld world;
    EventLoop& loop = world.loop;
    loop.set_debug(true);
    const auto told = [&](auto misuse) {
        return loop.run_until_complete(from_a_job([misuse] {
            try {
                misuse();
            } catch (const Error& error) {
                return std::string(error.what());
            }
            return std::string();
        }));
    };
    const std::string refused =
        "this loop runs in another thread: from here only call_soon_threadsafe() may be called";

    CHECK(told([&] { loop.call_soon([] {}); }) == refused);
    CHECK(told([&] { loop.call_later(1ms, [] {}); }) == refused);
    CHECK(told([&] { loop.call_soon_threadsafe([] {}); }).empty());
    CHECK(tracer.count("warn code=thread_violation") == 2);

    loop.call_soon([] {}); // it does not run now, so this thread may
    world.run_until_idle();
}
