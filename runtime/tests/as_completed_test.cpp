// as_completed_test.cpp: results in the order in which they come, errors and lateness at their
// turn.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

using namespace aio;
using aio::testing::Log;
using aio::testing::VirtualWorld;

namespace {

Coro<std::string> named(VirtualWorld& w, std::string name, ms delay) {
    w.note(name + " start");
    co_await sleep(delay);
    co_return name;
}

Coro<std::string> failing(std::string name, ms delay) {
    co_await sleep(delay);
    throw Error(name + " failed");
}

template <class A>
Coro<> collect(VirtualWorld& w, std::vector<A> items, std::optional<duration> timeout = {}) {
    for (Coro<std::string> turn : as_completed(std::move(items), timeout)) {
        std::string text;
        try {
            text = co_await turn;
        } catch (const CancelledError&) {
            text = "cancelled";
        } catch (const std::exception& error) {
            text = error.what();
        }
        w.note(text);
    }
    w.note("end");
}

} // namespace

TEST_CASE("as_completed starts its arguments from left to right and gives the first to end first") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        std::vector<Coro<std::string>> items;
        items.push_back(named(w, "a", 30ms));
        items.push_back(named(w, "b", 10ms));
        items.push_back(named(w, "c", 20ms));
        items.push_back(named(w, "d", 10ms));
        co_await collect(w, std::move(items));
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 a start", "0 b start", "0 c start", "0 d start", "10 b", "10 d",
                           "20 c", "30 a", "30 end"});
}

TEST_CASE("an error, and a cancel, are thrown at their turn") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        std::vector<Task<std::string>> tasks;
        tasks.push_back(create_task(failing("a", 10ms)));
        tasks.push_back(create_task(named(w, "b", 30ms)));
        tasks.push_back(create_task(named(w, "c", 1h)));
        w.loop.call_later(20ms, [task = tasks.back()] { task.cancel(); });
        co_await collect(w, tasks);
    };
    world.run(main(world));

    CHECK(world.log ==
          Log{"0 b start", "0 c start", "10 a failed", "20 cancelled", "30 b", "30 end"});
}

TEST_CASE("those that are late throw TimeoutError, each at its turn, and go on") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        std::vector<Task<std::string>> tasks;
        for (const ms delay : {10ms, 30ms, 40ms}) {
            tasks.push_back(create_task(named(w, std::to_string(delay.count()), delay)));
        }
        co_await collect(w, tasks, 20ms);
        const std::string late = co_await tasks.back();
        w.note("late " + late);
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 10 start", "0 30 start", "0 40 start", "10 10", "20 timed out",
                           "20 timed out", "20 end", "40 late 40"});
}

TEST_CASE("a result that comes at the moment of the timeout, but behind it, is late") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        std::vector<Future<std::string>> futures;
        futures.push_back(w.loop.create_future<std::string>());
        w.loop.call_later(10ms, [&w] { w.note("timer"); });
        const auto collector = create_task(collect(w, futures, 10ms));
        co_await sleep(0ms);
        w.loop.call_later(10ms, [future = futures.front()] { future.set_result("too late"); });
        co_await collector;
    };
    world.run(main(world));

    CHECK(world.log == Log{"10 timer", "10 timed out", "10 end"});
}

TEST_CASE("a timer is gone when all have ended in time, and is not even set for nothing") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        std::vector<Coro<std::string>> items;
        items.push_back(named(w, "a", 10ms));
        co_await collect(w, std::move(items), 1h);
        co_await collect(w, std::vector<Coro<std::string>>(), 1h);
    };
    world.run(main(world));
    world.run_until_idle();

    CHECK(world.log == Log{"0 a start", "10 a", "10 end", "10 end"});
    CHECK(world.clock.now() == time_point{10ms}); // the hour never passed
}

TEST_CASE("a task that is given twice has one turn, and whoever stops asking harms nobody") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        const auto a = create_task(named(w, "a", 10ms));
        const auto b = create_task(named(w, "b", 20ms));
        std::vector<Task<std::string>> tasks{a, b, a};
        const auto turns = as_completed(tasks, 15ms);
        CHECK(turns.size() == 2);
        for (Coro<std::string> turn : turns) {
            w.note(co_await turn);
            break;
        }
        co_await b;
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 a start", "0 b start", "10 a"});
}
