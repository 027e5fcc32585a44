// leaving_test.cpp: how things end when they do not end well, as CPython 3.11 ends them.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <utility>

using namespace aio;
using namespace aio::testing;

namespace {

Coro<> sleep_and_note(VirtualWorld* world, ms span, std::string text) {
    co_await sleep(span);
    world->note(text);
}

Coro<> leave_program(ms after) {
    co_await sleep(after);
    throw SystemExit{3};
}

Coro<int> answer_after(ms span) {
    co_await sleep(span);
    co_return 42;
}

Coro<> fail(std::string text) {
    co_await sleep(0ms);
    throw Error(text);
}

Coro<> swallow_one_cancel(VirtualWorld* world) {
    try {
        co_await sleep(1s);
    } catch (const CancelledError& cancelled) {
        world->note("swallowed " + cancelled.message());
    }
    co_await sleep(10ms);
}

std::vector<std::string> warnings;

/// Collects warnings instead of printing them.
struct HeardWarnings {
    HeardWarnings() {
        warnings.clear();
        set_warning_target([](std::string_view code, std::string_view text) {
            warnings.push_back(std::string(code) + ": " + std::string(text));
        });
    }
    ~HeardWarnings() { set_warning_target(nullptr); }
};

} // namespace

TEST_CASE(
    "SystemExit of a callback leaves the loop at once; what is ready stays for the next run") {
    VirtualWorld world;
    world.loop.call_soon([] { throw SystemExit{}; });
    world.loop.call_soon([&] { world.note("second"); });

    CHECK_THROWS_AS(world.loop.run_forever(), SystemExit);
    CHECK(world.log.empty());
    world.run_until_idle();
    CHECK(world.log == Log{"0 second"});
}

TEST_CASE("SystemExit of a task leaves the loop, and stays in the task") {
    VirtualWorld world;
    const Task<> leaver = world.loop.create_task(leave_program(5ms));

    CHECK_THROWS_AS(world.run(sleep_and_note(&world, 10ms, "late")), SystemExit);
    CHECK(world.log.empty());
    CHECK(holds<SystemExit>(leaver.exception()));
}

TEST_CASE("SystemExit of the exception handler leaves the loop as well") {
    VirtualWorld world;
    world.loop.set_exception_handler([](const ErrorContext&) { throw SystemExit{}; });
    world.loop.call_soon([] { throw Error("boom"); });

    CHECK_THROWS_AS(world.loop.run_forever(), SystemExit);
}

TEST_CASE("SystemExit of a child leaves its group unwrapped") {
    VirtualWorld world;
    const auto body = [](TaskGroup& group) -> Coro<> {
        group.create_task(leave_program(5ms));
        co_await sleep(1s);
    };
    const Task<> parent = world.loop.create_task(TaskGroup::run(body));

    CHECK_THROWS_AS(world.loop.run_forever(), SystemExit); // the child's own
    CHECK_THROWS_AS(world.loop.run_until_complete(static_cast<const Future<>&>(parent)),
                    SystemExit); // the group's
    CHECK(holds<SystemExit>(parent.exception()));
}

TEST_CASE("a task that meets cancel() and a cancelled future keeps the message of the future") {
    VirtualWorld world;
    const auto future = world.loop.create_future<int>();
    const auto wait = [](Future<int> f) -> Coro<int> { co_return co_await f; };
    const Task<int> waiter = world.loop.create_task(wait(future));
    world.loop.call_soon([&] {
        waiter.cancel("first");  // cancels what it waits for
        waiter.cancel("second"); // ... which is done now: only a mark
    });
    world.loop.call_later(1ms, [&] { world.loop.stop(); });
    world.loop.run_forever();

    std::vector<std::string> messages;
    for (int i = 0; i < 2; ++i) {
        try {
            waiter.result();
        } catch (const CancelledError& cancelled) {
            messages.push_back(cancelled.message());
        }
    }
    CHECK(messages == Log{"first", ""}); // who asks first gets the error that ended the task
}

TEST_CASE("cancelling what has failed marks its error as seen") {
    HeardWarnings heard;
    {
        VirtualWorld world;
        const auto future = world.loop.create_future<int>();
        future.set_exception(Error("boom"));
        CHECK_FALSE(future.cancel());
    }
    CHECK(warnings.empty());
}

TEST_CASE("gather cancels a child once for each time that it was given") {
    VirtualWorld world;
    const Task<> task = world.loop.create_task(swallow_one_cancel(&world));
    const auto twice = [](Task<> t) -> Coro<> {
        std::vector<Task<>> both(2, t);
        const auto all = gather(both);
        co_await sleep(5ms);
        all.cancel("x");
        co_await sleep(0ms);
    };
    world.run(twice(task));

    CHECK(task.cancelling() == 2);
    CHECK(world.log == Log{"5 swallowed x"}); // the second came while the first was on its way
}

TEST_CASE("wait_for turns the cancelled end of a gather into TimeoutError") {
    VirtualWorld world;
    const auto limited = []() -> Coro<> {
        std::vector<Task<int>> tasks;
        tasks.push_back(create_task(answer_after(1s)));
        co_await wait_for(gather(tasks), 10ms);
    };
    CHECK_THROWS_AS(world.run(limited()), TimeoutError);
    CHECK(world.clock.now() == time_point(10ms));
}

TEST_CASE("a deadline can be moved, and asked") {
    VirtualWorld world;
    const auto moved = [](VirtualWorld* w) -> Coro<> {
        Timeout deadline(time_point(20ms));
        const auto body = [](VirtualWorld* w2, Timeout* limit) -> Coro<> {
            co_await sleep(10ms);
            limit->reschedule(time_point(50ms));
            co_await sleep(20ms);
            w2->note("still here");
            co_await sleep(1s);
        };
        CHECK_THROWS_AS(deadline.reschedule(std::nullopt), Error); // not yet running
        bool late = false;
        try {
            co_await deadline.run(body(w, &deadline));
        } catch (const TimeoutError&) {
            late = true;
        }
        CHECK(late);
        CHECK(deadline.expired());
        CHECK(deadline.when() == time_point(50ms));
        w->note("over");
        CHECK_THROWS_AS(deadline.reschedule(std::nullopt), Error);
        CHECK_THROWS_AS(co_await deadline.run(sleep(1ms)), Error);
    };
    world.run(moved(&world));
    CHECK(world.log == Log{"30 still here", "50 over"});
}

TEST_CASE("a timeout without a limit never ends") {
    VirtualWorld world;
    const auto unlimited = []() -> Coro<int> {
        Timeout none(std::nullopt);
        co_return co_await none.run(answer_after(1h));
    };
    CHECK(world.run(unlimited()) == 42);
}

TEST_CASE("a task that swallows a timeout's cancel keeps no request") {
    VirtualWorld world;
    const auto swallow = [](VirtualWorld* w) -> Coro<int> {
        co_await timeout(10ms, swallow_one_cancel(w));
        co_return current_task().cancelling();
    };
    CHECK(world.run(swallow(&world)) == 0);
    CHECK(world.log == Log{"10 swallowed "});
}

TEST_CASE("a group whose parent was cancelled by itself and from outside reports the outside") {
    VirtualWorld world;
    const auto body = [](TaskGroup& group) -> Coro<> {
        group.create_task(sleep(1s));
        co_await sleep(1s);
    };
    const Task<> parent = world.loop.create_task(TaskGroup::run(body));
    world.loop.call_later(5ms, [&] { parent.cancel("outside"); });
    CHECK_THROWS_AS(world.loop.run_until_complete(static_cast<const Future<>&>(parent)),
                    CancelledError);
}

TEST_CASE("run_until_complete on a loop that runs changes nothing") {
    VirtualWorld world;
    const auto done = world.loop.create_future<void>();
    done.set_result();
    world.loop.call_soon([&] {
        CHECK_THROWS_AS(world.loop.run_until_complete(done), Error);
        world.loop.call_soon([&] { world.note("next turn"); }); // a stop left behind would cut it
        world.loop.call_later(1ms, [&] { world.note("later"); });
    });
    world.run_until_idle();
    CHECK(world.log == Log{"0 next turn", "1 later"});
}

TEST_CASE("a loop that is stopped early says so, and the future may be awaited again") {
    VirtualWorld world;
    const auto future = world.loop.create_future<int>();
    world.loop.call_later(5ms, [&] { world.loop.stop(); });
    CHECK_THROWS_AS(world.loop.run_until_complete(future), Error);
    world.loop.call_later(5ms, [&] { future.set_result(1); });
    CHECK(world.loop.run_until_complete(future) == 1);
    CHECK(world.clock.now() == time_point(10ms));
}

TEST_CASE("what is too slow can be set, and counts from when debugging began") {
    HeardWarnings heard;
    VirtualWorld world;
    world.loop.set_slow_callback_duration(10ms);
    world.loop.call_soon([&] { world.clock.block(1s); });
    world.loop.call_soon([&] {
        world.clock.block(1s);
        world.loop.set_debug(true); // too late for this one
    });
    world.loop.call_soon([&] { world.clock.block(9ms); });
    world.loop.call_soon([&] { world.clock.block(10ms); });
    world.run_until_idle();
    CHECK(warnings == Log{"slow_callback: a callback held the loop for 10 ms"});
}

TEST_CASE("AIO_DEBUG decides whether a loop begins in debug mode") {
    const std::vector<std::pair<std::string, bool>> cases{
        {"1", true}, {"yes", true}, {"0", false}, {"", false}};
    for (const auto& [value, debug] : cases) {
        ::setenv("AIO_DEBUG", value.c_str(), 1);
        CHECK(EventLoop().get_debug() == debug);
        CHECK(Runner().get_loop().get_debug() == debug);
    }
    ::unsetenv("AIO_DEBUG");
    CHECK_FALSE(EventLoop().get_debug());
    CHECK(Runner({.debug = true}).get_loop().get_debug());
}

TEST_CASE("the task hook sees each task, also those that gather makes, before its first step") {
    VirtualWorld world;
    world.loop.set_task_hook([&](const AnyTask& task) { world.note("made " + task.name()); });
    const auto both = [](VirtualWorld* w) -> Coro<> {
        std::vector<Coro<>> two;
        two.push_back(sleep_and_note(w, 0ms, "a"));
        two.push_back(sleep_and_note(w, 0ms, "b"));
        co_await gather(std::move(two));
    };
    world.run(both(&world));
    CHECK(world.log == Log{"0 made Task-1", "0 made Task-2", "0 made Task-3", "0 a", "0 b"});
}

TEST_CASE("a gather watches what is done before it makes a task of what comes after") {
    VirtualWorld world;
    const auto failed = world.loop.create_future<void>();
    failed.set_exception(Error("boom"));
    const auto order = [](VirtualWorld* w, Future<> first) -> Coro<> {
        const auto all = gather(std::vector(1, first));
        const Task<> later = create_task(sleep_and_note(w, 0ms, "task"));
        all.add_done_callback([w] { w->note("gathered"); });
        const Outcome<std::vector<Unit>> outcome =
            (co_await gather_settled(std::vector(1, all)))[0];
        w->note(outcome.error());
        co_await later;
    };
    world.run(order(&world, failed));
    CHECK(world.log == Log{"0 gathered", "0 task", "0 boom"});
}

TEST_CASE("wait takes futures as well as tasks") {
    VirtualWorld world;
    const auto some = [](EventLoop* loop) -> Coro<int> {
        std::vector<Future<int>> both;
        both.push_back(loop->create_future<int>());
        both.push_back(create_task(answer_after(5ms)));
        const auto seen = co_await wait(both, When::first_completed);
        CHECK(seen.pending == std::vector(1, both[0]));
        co_return seen.done[0].result();
    };
    CHECK(world.run(some(&world.loop)) == 42);
}

TEST_CASE("an error of a task that run_until_complete made is its own to report") {
    HeardWarnings heard;
    {
        VirtualWorld world;
        CHECK_THROWS_AS(world.run(leave_program(1ms)), SystemExit);
        CHECK_THROWS_AS(world.run(fail("boom")), Error);
    }
    CHECK(warnings.empty());
}

TEST_CASE("what waits for a future that nobody completes goes with the loop") {
    const auto witness = std::make_shared<int>();
    {
        VirtualWorld world;
        const auto leave_waiting = [](std::shared_ptr<int> held) -> Coro<> {
            const auto never = [&held] {
                const auto future = get_running_loop().create_future<int>();
                future.add_done_callback([held, future] {}); // keeps itself alive, as the next do
                return future;
            };
            [[maybe_unused]] const auto turns = as_completed(std::vector{never(), never()});
            [[maybe_unused]] const auto all = gather(shield(never()), gather(never(), never()));
            co_return;
        };
        world.run(leave_waiting(witness));
        CHECK(witness.use_count() > 1);
    }
    CHECK(witness.use_count() == 1); // without AddressSanitizer, too, a leak shows
}
