// wait_test.cpp: gather, wait, wait_for, shield, timeout and task groups, where they end early or
// badly.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

using namespace aio;
using aio::testing::Log;
using aio::testing::VirtualWorld;

namespace {

Coro<int> value_after(int value, ms delay) {
    co_await sleep(delay);
    co_return value;
}

Coro<int> fails_after(std::string what, ms delay) {
    co_await sleep(delay);
    throw Error(what);
}

Coro<> notes_after(VirtualWorld& world, std::string text, ms delay) {
    try {
        co_await sleep(delay);
        world.note(text);
    } catch (const CancelledError&) {
        world.note(text + " cancelled");
        throw;
    }
}

} // namespace

TEST_CASE("gather of nothing is done at once") {
    VirtualWorld world;

    const auto main = []() -> Coro<> {
        CHECK((co_await gather(std::vector<Coro<int>>{})).empty());
        CHECK((co_await gather_settled(std::vector<Coro<int>>{})).empty());
    };
    world.run(main());

    CHECK(world.clock.now() == time_point{});
}

TEST_CASE("the first error ends a gather, and the others go on") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        try {
            co_await gather(fails_after("boom", 10ms), notes_after(w, "sibling", 20ms));
        } catch (const Error& error) {
            w.note(error.what());
        }
        co_await sleep(50ms);
    };
    world.run(main(world));

    CHECK(world.log == Log{"10 boom", "20 sibling"});
}

TEST_CASE("gather_settled throws nothing and tells how each one ended") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto cancelled = create_task(value_after(3, 1h));
        w.loop.call_later(5ms, [cancelled] { cancelled.cancel(); });
        const auto [a, b, c] =
            co_await gather_settled(value_after(1, 30ms), fails_after("boom", 10ms), cancelled);
        CHECK(a.ok());
        CHECK(*a.value == 1);
        CHECK(b.error() == "boom");
        CHECK_FALSE(b.cancelled());
        CHECK(c.cancelled());
        const Outcome<int> d{std::nullopt, std::make_exception_ptr(Error("cancelled order"))};
        CHECK_FALSE(d.cancelled()); // an error that talks about a cancel is an error
    };
    world.run(main(world));

    CHECK(world.clock.now() == time_point{30ms});
}

TEST_CASE("cancelling a gather cancels its children, and it ends when they have") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        const auto all = gather(notes_after(w, "a", 1h), notes_after(w, "b", 1h));
        co_await sleep(10ms);
        CHECK(all.cancel());
        try {
            co_await all;
        } catch (const CancelledError&) {
            w.note("gather cancelled");
        }
    };
    world.run(main(world));

    CHECK(world.log == Log{"10 a cancelled", "10 b cancelled", "10 gather cancelled"});
}

TEST_CASE(
    "wait returns who is done and who is not, in the order of the arguments, and cancels nobody") {
    VirtualWorld world;

    const auto main = []() -> Coro<> {
        std::vector<Task<int>>
            tasks; // filled one by one: g++ 12 takes no initializer list in a coroutine
        tasks.push_back(create_task(value_after(1, 30ms)));
        tasks.push_back(create_task(value_after(2, 10ms)));
        tasks.push_back(create_task(fails_after("x", 20ms)));
        auto first = co_await wait(tasks, When::first_completed);
        CHECK(first.done.size() == 1);
        CHECK(first.done[0] == tasks[1]);
        CHECK(first.pending[0] == tasks[0]);
        CHECK(first.pending[1] == tasks[2]);
        auto failed = co_await wait(tasks, When::first_exception);
        CHECK(failed.done.size() == 2);
        CHECK(failed.done[0] == tasks[1]);
        auto late = co_await wait(std::vector<Task<int>>(1, tasks[0]), When::all_completed, 1ms);
        CHECK(late.done.empty());
        auto all = co_await wait(tasks);
        CHECK(all.pending.empty());
        CHECK(get_running_loop().time() == time_point{30ms});
        CHECK(tasks[2].exception() != nullptr);
    };
    world.run(main());

    const auto empty = []() -> Coro<> { co_await wait(std::vector<Task<int>>{}); };
    CHECK_THROWS_WITH(world.run(empty()), "wait() needs at least one task");
}

TEST_CASE("wait_for returns what came in time, and cancels what did not") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        CHECK(co_await wait_for(value_after(1, 10ms), 20ms) == 1);
        try {
            co_await wait_for(notes_after(w, "slow", 1h), 20ms);
        } catch (const TimeoutError&) {
            w.note("timed out");
        }
        try {
            co_await wait_for(notes_after(w, "never begun", 1h), 0ms);
        } catch (const TimeoutError&) {
            w.note("at once");
        }
    };
    world.run(main(world));

    CHECK(world.log == Log{"30 slow cancelled", "30 timed out", "30 at once"});
}

TEST_CASE("cancelling who waits for a shield leaves the shielded task alone") {
    VirtualWorld world;

    const auto waits = [](Task<> inner) -> Coro<> { co_await shield(inner); };
    const auto main = [&waits](VirtualWorld& w) -> Coro<> {
        auto inner = create_task(notes_after(w, "inner", 20ms));
        auto outer = create_task(waits(inner));
        co_await sleep(10ms);
        outer.cancel();
        co_await inner;
        w.note(outer.cancelled() ? "outer cancelled" : "outer runs");
    };
    world.run(main(world));

    CHECK(world.log == Log{"20 inner", "20 outer cancelled"});
}

TEST_CASE("timeout turns its own cancel into TimeoutError, and nobody else's") {
    VirtualWorld world;

    const auto limited = [](VirtualWorld& w) -> Coro<> {
        co_await timeout(1s, notes_after(w, "body", 1h));
    };
    const auto main = [&limited](VirtualWorld& w) -> Coro<> {
        CHECK(co_await timeout(20ms, value_after(1, 10ms)) == 1);
        try {
            co_await timeout(20ms, notes_after(w, "late", 1h));
        } catch (const TimeoutError&) {
            w.note("timed out");
        }
        auto task = create_task(limited(w));
        co_await sleep(5ms);
        task.cancel();
        try {
            co_await task;
        } catch (const CancelledError&) {
            w.note("cancelled by somebody else");
        }
    };
    world.run(main(world));

    CHECK(world.log == Log{"30 late cancelled", "30 timed out", "35 body cancelled",
                           "35 cancelled by somebody else"});
}

TEST_CASE("a task group waits for its children; one failure cancels the others and leaves as a "
          "group of errors") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        co_await TaskGroup::run([&w](TaskGroup& group) -> Coro<> {
            group.create_task(notes_after(w, "child", 10ms));
            w.note("body ends");
            co_return;
        });
        w.note("group ends");
        try {
            co_await TaskGroup::run([&w](TaskGroup& group) -> Coro<> {
                group.create_task(notes_after(w, "sibling", 1h));
                group.create_task(fails_after("boom", 5ms));
                co_await sleep(1h);
            });
        } catch (const ExceptionGroup& errors) {
            w.note(errors.what() + std::string(" / ") + std::to_string(errors.errors.size()));
        }
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 body ends", "10 child", "10 group ends", "15 sibling cancelled",
                           "15 tasks of a group failed: boom / 1"});
}
