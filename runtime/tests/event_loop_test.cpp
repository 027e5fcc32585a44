// event_loop_test.cpp: the loop's own contract: its life, its handles, its errors.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace aio;
using aio::testing::Log;
using aio::testing::VirtualWorld;

TEST_CASE("stop() ends the loop after the turn; stop() before the run allows one turn") {
    VirtualWorld world;

    world.loop.stop();
    world.loop.call_soon([&] {
        world.note("first turn");
        world.loop.call_soon([&] { world.note("second turn"); });
    });
    world.loop.run_forever();
    world.note("left");
    world.loop.call_soon([&] { world.loop.stop(); });
    world.loop.run_forever();

    CHECK(world.log == Log{"0 first turn", "0 left", "0 second turn"});
}

TEST_CASE("a handle cancels its callback once, also a timer's") {
    VirtualWorld world;

    Handle soon = world.loop.call_soon([&] { world.note("soon"); });
    TimerHandle later = world.loop.call_later(5ms, [&] { world.note("later"); });
    CHECK(later.when() == time_point{5ms});
    CHECK(soon.cancel());
    CHECK_FALSE(soon.cancel());
    CHECK(later.cancel());
    CHECK_FALSE(later.cancel());
    world.run_until_idle();

    CHECK(world.log.empty());
}

TEST_CASE("a handle that outlives its loop cancels nothing") {
    Handle soon;
    TimerHandle later;
    CHECK_FALSE(soon.cancel());
    {
        VirtualWorld world;
        soon = world.loop.call_soon([] {});
        later = world.loop.call_later(1s, [] {});
    }

    CHECK_FALSE(soon.cancel());
    CHECK_FALSE(later.cancel());
}

TEST_CASE("a callback may cancel another one of the same turn") {
    VirtualWorld world;
    Handle second;
    TimerHandle timer;

    world.loop.call_soon([&] {
        second.cancel();
        block_for(10ms);
    });
    second = world.loop.call_soon([&] { world.note("second"); });
    world.loop.call_at(time_point{10ms}, [&] { timer.cancel(); });
    timer =
        world.loop.call_at(time_point{10ms}, [&] { world.note("timer"); }); // due in the same turn
    world.run_until_idle();

    CHECK(world.log.empty());
}

TEST_CASE("a closed loop refuses everything but being closed again") {
    VirtualWorld world;
    bool ran = false;
    world.loop.call_soon([&] { ran = true; });

    world.loop.close();
    world.loop.close();

    CHECK(world.loop.is_closed());
    CHECK_THROWS_WITH(world.loop.call_soon([] {}), "event loop is closed");
    CHECK_THROWS_WITH(world.loop.call_later(1ms, [] {}), "event loop is closed");
    CHECK_THROWS_WITH(world.loop.call_soon_threadsafe([] {}), "event loop is closed");
    CHECK_THROWS_WITH(world.loop.run_forever(), "event loop is closed");
    CHECK_FALSE(ran);
}

TEST_CASE("a running loop cannot be run or closed, and no other loop can run on its thread") {
    VirtualWorld world;

    world.loop.call_soon([&] {
        CHECK(world.loop.is_running());
        CHECK_THROWS_WITH(world.loop.run_forever(), "this event loop is already running");
        CHECK_THROWS_WITH(world.loop.close(), "cannot close a running event loop");
        EventLoop other;
        CHECK_THROWS_WITH(other.run_forever(),
                          "cannot run the event loop while another loop is running");
        world.note("still here");
    });
    world.run_until_idle();

    CHECK(world.log == Log{"0 still here"});
    CHECK_FALSE(world.loop.is_running());
}

TEST_CASE("negative delays count as zero, and huge ones do not overflow") {
    VirtualWorld world;

    world.loop.call_later(-5s, [&] { world.note("now"); });
    TimerHandle far = world.loop.call_later(duration::max(), [&] { world.note("never"); });
    world.loop.call_soon([&] { far.cancel(); });
    world.run_until_idle();

    CHECK(world.log == Log{"0 now"});
}

TEST_CASE("an exception in the exception handler is reported, and the loop goes on") {
    const aio::testing::RecordingTracer tracer;
    VirtualWorld world;

    world.loop.set_exception_handler([](const ErrorContext&) { throw Error("handler"); });
    world.loop.call_soon([] { throw CancelledError(); });
    world.loop.call_soon([&] { world.note("next"); });
    world.run_until_idle();

    CHECK(world.log == Log{"0 next"});
    CHECK(tracer.count(
              "warn code=exception_in_callback text=exception in the exception handler: handler") ==
          1);
}

TEST_CASE("posts from another thread keep their order and wake a loop that sleeps in the kernel") {
    RealClock clock;
    EventLoop loop({.clock = &clock, .selector = nullptr});
    std::vector<int> seen;

    std::thread poster([&] {
        for (int i = 0; i < 1000; ++i) {
            loop.call_soon_threadsafe([&seen, i] { seen.push_back(i); });
        }
        loop.call_soon_threadsafe([&] { loop.stop(); });
    });
    loop.run_forever(); // no timer: without the wake-up this would never end
    poster.join();

    REQUIRE(seen.size() == 1000);
    CHECK(std::is_sorted(seen.begin(), seen.end()));
}

TEST_CASE("debug mode reports a callback that holds the loop for 100 ms, and no shorter one") {
    const aio::testing::RecordingTracer tracer;
    VirtualWorld world;
    world.loop.set_debug(true);

    world.loop.call_soon([] { block_for(99ms); });
    world.loop.call_soon([] { block_for(100ms); });
    world.run_until_idle();

    CHECK(tracer.count("warn code=slow_callback") == 1);
    CHECK(tracer.count("warn code=slow_callback text=a callback held the loop for 100 ms") == 1);
}

TEST_CASE("a limit on turns without time moving ends a loop that spins") {
    VirtualWorld world;
    EventLoop::set_runaway_limit(1000);
    std::function<void()> again = [&] { world.loop.call_soon(again); };

    world.loop.call_soon(again);
    CHECK_THROWS_AS(world.loop.run_forever(), RunawayError);

    EventLoop::set_runaway_limit(0);
}

TEST_CASE("a deadlock says who waits for what") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        const auto never = w.loop.create_future<int>();
        co_await never;
    };
    CHECK_THROWS_WITH(world.run(main(world)),
                      "nothing can ever happen: no ready callback, no timer, no worker; "
                      "task 'Task-1' waits for future 2");
}

TEST_CASE("a thread's loop: the one that runs, else the one that was set, else an error") {
    VirtualWorld w;
    CHECK_THROWS_WITH_AS(get_event_loop(),
                         "no event loop is set for this thread: call run(), or set_event_loop()",
                         Error);
    EventLoop other;
    set_event_loop(&other);
    CHECK(&get_event_loop() == &other);
    w.loop.call_soon([&w] {
        CHECK(&get_event_loop() == &w.loop);
        w.loop.stop();
    });
    w.loop.run_forever();
    set_event_loop(nullptr);
    CHECK_THROWS_AS(get_event_loop(), Error);
}
