// task_test.cpp: tasks: names, cancellation in its corners, and what is destroyed when.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

using namespace aio;
using aio::testing::Log;
using aio::testing::VirtualWorld;

namespace {

Coro<> nap(ms delay) { co_await sleep(delay); }
Coro<int> value(int v) { co_return v; }

} // namespace

TEST_CASE("tasks without a name are counted, and all_tasks lists those that have not ended") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto named = create_task(nap(1ms), "named");
        auto other = create_task(nap(2ms));
        std::string names;
        for (const auto& task : all_tasks()) {
            names += task.name() + " ";
        }
        w.note(names + "| I am " + current_task().name());
        co_await named;
        w.note(std::to_string(all_tasks().size()));
        co_await other;
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 Task-1 named Task-2 | I am Task-1", "1 2"});
    CHECK_THROWS_WITH(current_task(), "no task is running");
}

TEST_CASE("a task that cancels itself gets the error at its next await that waits") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        current_task().cancel();
        co_await value(1); // does not wait
        w.note("still running");
        try {
            co_await sleep(1s);
        } catch (const CancelledError&) {
            w.note("cancelled");
        }
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 still running", "0 cancelled"});
}

TEST_CASE("a task that returns while a cancel is due ends as cancelled") {
    VirtualWorld world;

    const auto main = []() -> Coro<> {
        current_task().cancel();
        co_return;
    };

    CHECK_THROWS_AS(world.run(main()), CancelledError);
}

TEST_CASE(
    "a swallowed cancel leaves the task running, and the request counted until it is taken back") {
    VirtualWorld world;

    const auto stubborn = [](VirtualWorld& w) -> Coro<std::string> {
        try {
            co_await sleep(1s);
        } catch (const CancelledError&) {
            w.note("requests: " + std::to_string(current_task().cancelling()));
        }
        w.note("left: " + std::to_string(current_task().uncancel()));
        co_await sleep(5ms);
        co_return "done all the same";
    };
    const auto main = [&stubborn](VirtualWorld& w) -> Coro<> {
        auto task = create_task(stubborn(w));
        co_await sleep(1ms);
        task.cancel();
        w.note(co_await task);
        CHECK_FALSE(task.cancel());
    };
    world.run(main(world));

    CHECK(world.log == Log{"1 requests: 1", "1 left: 0", "6 done all the same"});
}

TEST_CASE("cancelling a task cancels the task that it waits for") {
    VirtualWorld world;

    const auto outer = [](Task<> inner) -> Coro<> { co_await inner; };
    const auto main = [&outer](VirtualWorld& w) -> Coro<> {
        auto inner = create_task(nap(1h));
        auto waiting = create_task(outer(inner));
        co_await sleep(1ms);
        waiting.cancel();
        co_await sleep(0ms);
        w.note(inner.cancelled() ? "inner cancelled" : "inner runs");
        co_await sleep(0ms);
        w.note(waiting.cancelled() ? "outer cancelled" : "outer runs");
    };
    world.run(main(world));

    CHECK(world.log == Log{"1 inner cancelled", "1 outer cancelled"});
}

TEST_CASE("a task that awaits itself gets an error, and so does whoever awaits a coroutine twice") {
    VirtualWorld world;

    const auto selfish = [](Task<>& self) -> Coro<> { co_await self; };
    const auto twice = []() -> Coro<> {
        auto card = value(1);
        co_await card;
        co_await card;
    };

    CHECK_THROWS_WITH(world.run(twice()), "cannot reuse a coroutine: it was awaited already");
    const auto await_self = [&selfish](VirtualWorld& w) -> Coro<> {
        Task<> self;
        self = create_task(selfish(self));
        try {
            co_await self;
        } catch (const Error& error) {
            w.note(error.what());
        }
    };
    world.run(await_self(world));
    CHECK(world.log == Log{"0 a task cannot await itself"});
}

TEST_CASE("cancelling one of two tasks that wait for each other ends in a deadlock report, not in "
          "a recursion") {
    VirtualWorld world;

    const auto waits = [](Task<>& other) -> Coro<> { co_await other; };
    const auto main = [&waits]() -> Coro<> {
        Task<> a;
        Task<> b;
        a = create_task(waits(b), "a");
        b = create_task(waits(a), "b");
        co_await sleep(1ms);
        CHECK(a.cancel());
        co_await a;
    };

    CHECK_THROWS_AS(world.run(main()), DeadlockError);
}

TEST_CASE("a coroutine that runs off its end without co_return says so") {
    VirtualWorld world;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wreturn-type"
    const auto forgetful = []() -> Coro<int> { co_await sleep(1ms); };
#pragma GCC diagnostic pop
    const auto awaits = [&forgetful]() -> Coro<int> { co_return co_await forgetful(); };

    CHECK_THROWS_WITH(world.run(forgetful()), "coroutine 'lambda' ended without co_return");
    CHECK_THROWS_WITH(world.run(awaits()), "coroutine 'lambda' ended without co_return");
}

TEST_CASE("a task whose handles are all dropped runs on") {
    VirtualWorld world;

    const auto background = [](VirtualWorld& w) -> Coro<> {
        co_await sleep(5ms);
        w.note("done");
    };
    const auto main = [&background](VirtualWorld& w) -> Coro<> {
        create_task(background(w));
        co_await sleep(10ms);
    };
    world.run(main(world));

    CHECK(world.log == Log{"5 done"});
}

TEST_CASE("closing a loop destroys the tasks that are left, with their locals, and says so") {
    const aio::testing::RecordingTracer tracer;
    Log log;
    struct Local {
        Log& log;
        ~Local() { log.push_back("local destroyed"); }
    };
    {
        VirtualWorld world;
        const auto main = [](Log& l) -> Coro<> {
            const Local local{l};
            co_await sleep(1h);
        };
        world.loop.create_task(main(log), "left");
        world.loop.call_later(1ms, [&] { world.loop.stop(); });
        world.loop.run_forever();
    }

    CHECK(log == Log{"local destroyed"});
    CHECK(tracer.count(
              "warn code=pending_destroyed text=task 'left' was destroyed but it is pending") == 1);
}

TEST_CASE("run_until_complete says so when the loop was stopped first") {
    VirtualWorld world;

    world.loop.call_soon([&] { world.loop.stop(); });

    CHECK_THROWS_WITH(world.run(nap(1s)), "event loop stopped before future completed");
}

namespace {

Coro<> pour(Future<void> kettle) { co_await kettle; }
Coro<int> brew(Future<void> kettle) {
    co_await pour(kettle);
    co_return 1;
}

} // namespace

TEST_CASE("a task tells which functions wait for each other in it, the outermost first") {
    VirtualWorld w;
    const Future<void> kettle = w.loop.create_future();
    const Task<int> task = w.loop.create_task(brew(kettle));
    CHECK(task.stack() == Log{"brew"}); // it has not begun
    w.loop.call_soon([&w] { w.loop.stop(); });
    w.loop.run_forever();
    CHECK(task.stack() == Log{"brew", "pour"});
    kettle.set_result();
    w.loop.run_until_complete(task);
    CHECK(task.stack().empty());
}

TEST_CASE("a hook is told of each task before its first step") {
    VirtualWorld w;
    w.loop.set_task_hook([&w](const AnyTask& task) { w.note("new " + task.name()); });
    const auto main = [](VirtualWorld& world) -> Coro<> {
        world.note("main");
        co_await create_task(nap(1ms), "nap");
    };
    w.run(main(w));
    CHECK(w.log == Log{"0 new Task-1", "0 main", "0 new nap"});
}
