// rules_test.cpp: the rule book, a rule a test. The names begin with the rule's number.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace aio;
using aio::testing::Log;
using aio::testing::RecordingTracer;
using aio::testing::VirtualWorld;

namespace {

Coro<> note(VirtualWorld& world, std::string text) {
    world.note(text);
    co_return;
}

Coro<> note_after(VirtualWorld& world, std::string text, ms delay) {
    co_await sleep(delay);
    world.note(text);
}

Coro<int> value_after(int value, ms delay) {
    co_await sleep(delay);
    co_return value;
}

} // namespace

TEST_CASE("R1: calling a coroutine function runs none of its body") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto card = note(w, "body");
        w.note("after the call");
        co_await card;
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 after the call", "0 body"});
}

TEST_CASE("R2: create_task puts the first step at the back of the ready queue") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        w.loop.call_soon([&w] { w.note("callback queued before"); });
        auto task = create_task(note(w, "task"));
        w.loop.call_soon([&w] { w.note("callback queued after"); });
        w.note("creator goes on");
        co_await task;
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 creator goes on", "0 callback queued before", "0 task",
                           "0 callback queued after"});
}

TEST_CASE("R3: awaiting a coroutine, or something that is done, gives nobody else a turn") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto other = create_task(note(w, "other"));
        co_await note(w, "coroutine");
        const auto done = w.loop.create_future<int>();
        done.set_result(1);
        co_await done;
        w.note("future was done");
        co_await other;
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 coroutine", "0 future was done", "0 other"});
}

TEST_CASE("R4: completing a future runs nothing, and queues its listeners in the order in which "
          "they came") {
    VirtualWorld world;

    const auto waiter = [](VirtualWorld& w, Future<int> future) -> Coro<> {
        co_await future;
        w.note("awaiter");
    };
    const auto main = [&waiter](VirtualWorld& w) -> Coro<> {
        const auto future = w.loop.create_future<int>();
        future.add_done_callback([&w] { w.note("first callback"); });
        auto task = create_task(waiter(w, future));
        co_await sleep(0ms);
        future.add_done_callback([&w] { w.note("second callback"); });
        future.set_result(1);
        w.note("after set_result");
        co_await task;
    };
    world.run(main(world));

    CHECK(world.log ==
          Log{"0 after set_result", "0 first callback", "0 awaiter", "0 second callback"});
}

TEST_CASE(
    "R5: a turn runs what was ready when it began, and what callbacks add waits for the next one") {
    VirtualWorld world;

    world.loop.call_soon([&] {
        world.note("one, turn " + std::to_string(world.loop.turn()));
        world.loop.call_soon(
            [&] { world.note("added, turn " + std::to_string(world.loop.turn())); });
    });
    world.loop.call_soon([&] { world.note("two, turn " + std::to_string(world.loop.turn())); });
    world.run_until_idle();

    CHECK(world.log == Log{"0 one, turn 1", "0 two, turn 1", "0 added, turn 2"});
}

TEST_CASE("R6: time stands still while something is ready, then jumps to the next deadline") {
    VirtualWorld world;

    world.loop.call_later(1h, [&] { world.note("an hour later"); });
    int turns = 0;
    std::function<void()> again = [&] {
        if (++turns < 1000) {
            world.loop.call_soon(again);
        } else {
            world.note("a thousand turns");
        }
    };
    world.loop.call_soon(again);
    world.run_until_idle();

    CHECK(world.log == Log{"0 a thousand turns", "3600000 an hour later"});
}

TEST_CASE("R6: block_for is the one thing that moves time while the loop is held") {
    VirtualWorld world;

    world.loop.call_soon([&] {
        block_for(300ms);
        world.note("blocked");
    });
    world.loop.call_soon([&] { world.note("next"); });
    world.run_until_idle();

    CHECK(world.log == Log{"300 blocked", "300 next"});
}

TEST_CASE("R7: at one instant posts come first, then descriptors, then timers in the order in "
          "which they were set") {
    struct News final : Selector { // a descriptor has news whenever somebody looks
        bool told = false;
        void watch(int, Interest) override {}
        bool select(std::optional<duration>, std::vector<Readiness>& news) override {
            if (std::exchange(told, true)) {
                return false;
            }
            news.push_back({7, {.readable = true}});
            return true;
        }
        void wake() override {}
    };
    VirtualClock clock;
    EventLoop loop({.clock = &clock, .selector = std::make_unique<News>()});
    std::string order;

    for (const char name : {'a', 'b', 'c', 'd', 'e'}) {
        loop.call_at(time_point{}, [&order, name] { order += name; });
    }
    loop.add_reader(7, [&] { order += "io "; });
    loop.call_later(1ms, [&] { loop.stop(); });
    std::thread([&] { loop.call_soon_threadsafe([&] { order += "post "; }); }).join();
    loop.call_soon([&] { order += "soon "; });
    loop.run_forever();

    CHECK(order == "soon post abcdeio "); // the descriptor is looked at when nothing is ready
}

TEST_CASE("R7: descriptors with news run before timers that are due at the same look") {
    struct News final
        : Selector { // news from the first look on, but only after some time has passed
        VirtualClock& clock;
        explicit News(VirtualClock& c) : clock(c) {}
        void watch(int, Interest) override {}
        bool select(std::optional<duration>, std::vector<Readiness>& news) override {
            clock.block(5ms); // the look itself took a while, and a timer has become due meanwhile
            news.push_back({7, {.readable = true}});
            return true;
        }
        void wake() override {}
    };
    VirtualClock clock;
    EventLoop loop({.clock = &clock, .selector = std::make_unique<News>(clock)});
    std::string order;

    loop.call_later(5ms, [&] { order += "timer "; });
    loop.add_reader(7, [&] {
        order += "io ";
        loop.stop();
    });
    loop.run_forever();

    CHECK(order == "io timer ");
}

TEST_CASE("R8: a late timer runs as soon as the loop is free, in order of deadlines") {
    VirtualWorld world;

    world.loop.call_later(200ms, [&] { world.note("due at 200"); });
    world.loop.call_later(100ms, [&] { world.note("due at 100"); });
    world.loop.call_soon([&] { block_for(500ms); });
    world.loop.call_later(600ms, [&] { world.note("due at 600"); });
    world.run_until_idle();

    CHECK(world.log == Log{"500 due at 100", "500 due at 200", "600 due at 600"});
}

TEST_CASE("R10: cancel is a request: CancelledError comes at the await, on a later turn") {
    VirtualWorld world;

    const auto worker = [](VirtualWorld& w) -> Coro<> {
        try {
            co_await sleep(1s);
        } catch (const CancelledError& error) {
            w.note("cancelled: " + error.message());
            throw;
        }
    };
    const auto main = [&worker](VirtualWorld& w) -> Coro<> {
        auto task = create_task(worker(w));
        co_await sleep(100ms);
        task.cancel("enough");
        w.note("after cancel()");
        try {
            co_await task;
        } catch (const CancelledError&) {
            w.note(task.cancelled() ? "task is cancelled" : "task is not cancelled");
        }
    };
    world.run(main(world));

    CHECK(world.log == Log{"100 after cancel()", "100 cancelled: enough", "100 task is cancelled"});
}

TEST_CASE("R10: a task that is cancelled before its first step never runs its body") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto task = create_task(note(w, "body"));
        task.cancel();
        try {
            co_await task;
        } catch (const CancelledError&) {
            w.note("cancelled");
        }
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 cancelled"});
}

TEST_CASE("R11: run() cancels what main left behind, waits for its clean-up, and closes the loop") {
    const aio::testing::DefaultVirtualClock world;
    Log log;

    const auto left_over = [](Log& l) -> Coro<> {
        std::exception_ptr cancelled;
        try {
            co_await sleep(1h);
            l.push_back("never");
        } catch (const CancelledError&) {
            cancelled = std::current_exception();
        }
        co_await sleep(50ms);
        l.push_back("cleaned up");
        std::rethrow_exception(cancelled);
    };
    const auto main = [&left_over](Log& l) -> Coro<int> {
        create_task(left_over(l));
        co_await sleep(10ms);
        l.push_back("main ends");
        co_return 42;
    };
    const int result = run(main(log));

    CHECK(result == 42);
    CHECK(log == Log{"main ends", "cleaned up"});
    CHECK_THROWS_WITH(get_running_loop(), "no running event loop");
}

TEST_CASE("R11: run() inside a running loop is refused") {
    const aio::testing::DefaultVirtualClock world;
    const RecordingTracer tracer;

    const auto inner = []() -> Coro<> { co_return; };
    const auto main = [&inner]() -> Coro<std::string> {
        try {
            run(inner());
        } catch (const Error& error) {
            co_return error.what();
        }
        co_return "accepted";
    };

    CHECK(run(main()) == "run() cannot be called from a running event loop");
    CHECK(tracer.count("warn code=nested_run") == 1);
    CHECK(tracer.count("warn code=never_awaited") == 1);
}

TEST_CASE("R14: loops made one after another share the clock") {
    const aio::testing::DefaultVirtualClock world;

    const auto nap = []() -> Coro<> { co_await sleep(70ms); };
    run(nap());
    run(nap());

    CHECK(default_clock().now() == time_point{140ms});
}

TEST_CASE(
    "R14: loops in several threads share the clock; at one instant they run in order of creation") {
    VirtualClock clock;
    Log log; // only one loop runs at a time, so this needs no lock
    std::optional<VirtualClock::Hold> until_both_run(std::in_place, clock);
    const auto set_timers = [&](EventLoop& loop, const std::string& name) {
        for (int i = 1; i <= 3; ++i) {
            loop.call_later(20ms * i, [&, name, i] {
                log.push_back(std::to_string(clock.now().time_since_epoch() / 1ms) + " " + name +
                              std::to_string(i));
            });
        }
        loop.call_later(60ms, [&loop] { loop.stop(); });
    };

    EventLoop first({.clock = &clock, .selector = nullptr});
    std::thread other;
    first.call_soon([&] {
        set_timers(first, "A");
        other = std::thread([&] {
            EventLoop second({.clock = &clock, .selector = nullptr});
            second.call_soon([&] {
                set_timers(second, "B");
                until_both_run.reset();
            });
            second.run_forever();
        });
    });
    first.run_forever();
    other.join();

    CHECK(log == Log{"20 A1", "20 B1", "40 A2", "40 B2", "60 A3", "60 B3"});
}

TEST_CASE(
    "R15: an exception that leaves a callback goes to the loop's handler, and the loop goes on") {
    VirtualWorld world;

    world.loop.set_exception_handler([&](const ErrorContext& context) {
        world.note(context.message + ": " + describe(context.error));
    });
    world.loop.call_soon([] { throw Error("boom"); });
    world.loop.call_soon([&] { world.note("next"); });
    world.run_until_idle();

    CHECK(world.log == Log{"0 exception in callback: boom", "0 next"});
}

TEST_CASE("R15: a task's error that nobody asks for is reported when the last handle is dropped") {
    const RecordingTracer tracer;
    VirtualWorld world;

    const auto fails = []() -> Coro<> {
        throw Error("boom");
        co_return;
    };
    const auto main = [&](VirtualWorld& w) -> Coro<> {
        {
            auto task = create_task(fails());
            co_await sleep(1ms);
            w.note("warnings while a handle lives: " + std::to_string(tracer.count("warn")));
        }
        w.note("and after: " + std::to_string(tracer.count(
                                   "warn code=exception_never_retrieved text=task exception "
                                   "was never retrieved: boom")));
    };
    world.run(main(world));

    CHECK(world.log == Log{"1 warnings while a handle lives: 0", "1 and after: 1"});
}

TEST_CASE(
    "R16: destroying a coroutine object that never started is reported, with the function's name") {
    const RecordingTracer tracer;
    VirtualWorld world;

    {
        auto card = note_after(world, "never", 1s);
    }

    CHECK(tracer.count("warn code=never_awaited text=coroutine 'note_after' was never awaited") ==
          1);
    CHECK(world.log.empty());
}

TEST_CASE(
    "R17: gather starts its arguments from left to right and returns their results in that order") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        const auto [a, b, c] =
            co_await gather(value_after(1, 30ms), value_after(2, 10ms), value_after(3, 20ms));
        w.note(std::to_string(a) + std::to_string(b) + std::to_string(c));
        std::vector<Coro<int>> list;
        for (const int value : {4, 5, 6}) {
            list.push_back(value_after(value, ms(100 - value)));
        }
        const auto values = co_await gather(std::move(list));
        w.note(std::to_string(values[0]) + std::to_string(values[1]) + std::to_string(values[2]));
    };
    world.run(main(world));

    CHECK(world.log == Log{"30 123", "126 456"});
}

TEST_CASE("R17: equal deadlines fire in the order in which they were set") {
    VirtualWorld world;
    std::string fired;

    for (const char name : {'a', 'b', 'c', 'd', 'e'}) {
        world.loop.call_later(1s, [&fired, name] { fired += name; });
    }
    world.run_until_idle();

    CHECK(fired == "abcde"); // three would not do: an unstable heap gives "abc" as well
    CHECK(world.clock.now() == time_point{1s});
}
