// async_generator_test.cpp: values one at a time, and clean-up when nobody asks for more.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

using namespace aio;
using aio::testing::DefaultVirtualClock;
using aio::testing::Log;
using aio::testing::RecordingTracer;
using aio::testing::VirtualWorld;

namespace {

AsyncGenerator<int> count(int n, ms pause) {
    for (int i = 0; i < n; ++i) {
        co_await sleep(pause);
        co_yield i;
    }
}

/// Cleans up, which takes time, when it is closed, cancelled, or fails.
AsyncGenerator<int> careful(VirtualWorld& w, ms cleaning = 10ms) {
    std::exception_ptr error;
    try {
        for (int i = 0;; ++i) {
            co_yield i;
            co_await sleep(1ms);
        }
    } catch (const GeneratorExit&) {
        w.note("exit");
        error = std::current_exception();
    } catch (const CancelledError&) {
        w.note("cancelled");
        error = std::current_exception();
    }
    co_await sleep(cleaning);
    w.note("clean");
    std::rethrow_exception(error);
}

AsyncGenerator<int> stubborn() {
    for (int i = 0;; ++i) {
        try {
            co_yield i;
        } catch (const GeneratorExit&) { // and goes on
        }
    }
}

AsyncGenerator<std::string> fails_after_one() {
    co_yield "one";
    throw Error("broken");
}

AsyncGenerator<int> fails_to_close() {
    try {
        co_yield 1;
    } catch (const GeneratorExit&) {
        throw Error("cannot close");
    }
}

AsyncGenerator<int> doubled(AsyncGenerator<int> inner) {
    while (const auto item = co_await inner.next()) {
        co_yield 2 * *item;
    }
}

} // namespace

TEST_CASE("a generator gives its values one at a time, and may wait between") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto numbers = count(3, 10ms);
        while (const auto item = co_await numbers.next()) {
            w.note(std::to_string(*item));
        }
        w.note("end");
        CHECK_FALSE((co_await numbers.next()).has_value()); // and stays ended
        CHECK_FALSE(w.loop.has_asyncgens());
    };
    world.run(main(world));

    CHECK(world.log == Log{"10 0", "20 1", "30 2", "30 end"});
}

TEST_CASE("nothing of a generator runs before it is asked, nor at all if it never is") {
    VirtualWorld world;
    const RecordingTracer tracer;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        {
            const auto never = careful(w);
        }
        auto closed = careful(w);
        co_await closed.aclose();
        CHECK_FALSE((co_await closed.next()).has_value());
        co_await sleep(1ms);
    };
    world.run(main(world));

    CHECK(world.log.empty());
    CHECK(tracer.count("warn") == 0);
}

TEST_CASE("generators can stand in a row") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto numbers = doubled(doubled(count(3, 1ms)));
        while (const auto item = co_await numbers.next()) {
            w.note(std::to_string(*item));
        }
    };
    world.run(main(world));

    CHECK(world.log == Log{"1 0", "2 4", "3 8"});
}

TEST_CASE("an error leaves through next(), and the generator has ended") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto texts = fails_after_one();
        w.note(*co_await texts.next());
        try {
            co_await texts.next();
        } catch (const Error& error) {
            w.note(error.what());
        }
        CHECK_FALSE((co_await texts.next()).has_value());
        co_await texts.aclose();
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 one", "0 broken"});
}

TEST_CASE("aclose() waits for the clean-up") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto numbers = careful(w);
        co_await numbers.next();
        co_await numbers.aclose();
        w.note("closed");
        CHECK_FALSE((co_await numbers.next()).has_value());
        co_await numbers.aclose(); // closing twice is fine
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 exit", "10 clean", "10 closed"});
}

TEST_CASE("a generator that gives one more value when it is closed is told so") {
    VirtualWorld world;

    const auto main = []() -> Coro<> {
        auto numbers = stubborn();
        co_await numbers.next();
        try {
            co_await numbers.aclose();
            FAIL("it ignored the request");
        } catch (const Error& error) {
            CHECK(std::string(error.what()) ==
                  "asynchronous generator 'stubborn' ignored GeneratorExit");
        }
        CHECK(*co_await numbers.next() == 2); // 1 is lost, as in Python
        co_await numbers.aclose();            // asked once, it is not asked again
        CHECK_FALSE(get_running_loop().has_asyncgens());
    };
    world.run(main());
}

TEST_CASE("two tasks cannot ask one generator at the same time") {
    VirtualWorld world;

    const auto main = []() -> Coro<> {
        auto numbers = count(2, 10ms);
        const auto first = create_task(numbers.next());
        co_await sleep(1ms);
        const auto [again, close] = co_await gather_settled(numbers.next(), numbers.aclose());
        CHECK(again.error() == "asynchronous generator 'count' is already running");
        CHECK(close.error() == "asynchronous generator 'count' is already running");
        CHECK(*co_await first == 0);
        CHECK(*co_await numbers.next() == 1);
    };
    world.run(main());
}

TEST_CASE("a cancel while a generator waits is thrown inside it") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto numbers = careful(w);
        co_await numbers.next();
        try {
            co_await wait_for(numbers.next(), ms(0)); // too short for its pause
        } catch (const TimeoutError&) {
            w.note("never began");
        }
        const auto task = create_task(numbers.next());
        co_await sleep(0ms);
        task.cancel();
        co_await gather_settled(task);
        CHECK(task.cancelled());
        CHECK_FALSE((co_await numbers.next()).has_value());
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 never began", "0 cancelled", "10 clean"});
}

TEST_CASE("a generator that is left half way is closed by its loop, in a task of its own") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        {
            auto numbers = careful(w);
            while (const auto item = co_await numbers.next()) {
                if (*item == 1) {
                    break;
                }
            }
            w.note("left");
        }
        w.note("goes on");
        co_await sleep(20ms);
        CHECK_FALSE(w.loop.has_asyncgens());
    };
    world.run(main(world));

    CHECK(world.log == Log{"1 left", "1 goes on", "1 exit", "11 clean"});
}

TEST_CASE("a call that is under way keeps its generator alive, and the loop closes it after") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        const auto first = create_task([](VirtualWorld& v) -> Coro<std::optional<int>> {
            auto numbers = careful(v);
            co_await numbers.next();
            co_return co_await wait_for(numbers.next(), 1h);
        }(w));
        CHECK(*co_await first == 1);
        co_await sleep(20ms);
    };
    world.run(main(world));

    CHECK(world.log == Log{"1 exit", "11 clean"});
}

TEST_CASE("run() closes what main leaves open before it closes the loop") {
    VirtualWorld notes;
    DefaultVirtualClock clock;
    const auto main = [](VirtualWorld& w) -> Coro<int> {
        static std::optional<AsyncGenerator<int>> kept; // outlives main
        kept.emplace(careful(w, 10ms));
        auto local = careful(w, 20ms);
        co_await kept->next();
        co_await local.next();
        co_return 7;
    };

    CHECK(run(main(notes)) == 7);

    CHECK(notes.log == Log{"0 exit", "0 exit", "0 clean", "0 clean"}); // its clock does not move
    CHECK(clock.clock.now() == time_point{20ms});
}

TEST_CASE("a generator that its last user drops while run() ends is closed once") {
    VirtualWorld notes;
    const DefaultVirtualClock clock;
    const RecordingTracer tracer;
    const auto main = [](VirtualWorld& w, ms cleaning) -> Coro<> {
        create_task([](VirtualWorld& v, ms time) -> Coro<> {
            auto numbers = careful(v, time);
            co_await numbers.next();
            co_await sleep(1h);
        }(w, cleaning));
        co_await sleep(1ms);
    };

    run(main(notes, 0ms));
    CHECK(tracer.count("warn") == 0);
    run(main(notes, 10ms)); // Python too gives it a few turns, and then no time

    CHECK(notes.log == Log{"0 exit", "0 clean", "0 exit"});
    CHECK(tracer.count("warn") == 1);
    CHECK(tracer.count("warn code=pending_destroyed") == 1);
}

TEST_CASE("an error of closing at shutdown goes to the exception handler") {
    VirtualWorld world;
    world.loop.set_exception_handler([&](const ErrorContext& context) {
        world.note(context.message + ": " + describe(context.error));
    });
    std::vector<AsyncGenerator<int>> open;
    const auto main = [](std::vector<AsyncGenerator<int>>& list, VirtualWorld& w) -> Coro<> {
        list.push_back(fails_to_close());
        list.push_back(careful(w));
        for (auto& generator : list) {
            co_await generator.next();
        }
    };
    world.run(main(open, world));
    world.run(world.loop.shutdown_asyncgens());
    world.run(world.loop.shutdown_asyncgens()); // nothing is left

    CHECK(world.log == Log{"0 exit", "10 clean",
                           "10 an error occurred during closing of an asynchronous generator: "
                           "cannot close"});
}

TEST_CASE("a loop that is closed early drops its generators without running them") {
    const auto world = std::make_unique<VirtualWorld>();
    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto outer = doubled(careful(w));
        co_await outer.next();
        co_await outer.next(); // waits for 1 ms
    };
    world->loop.create_task(main(*world));
    world->loop.call_soon([&] { world->loop.call_soon([&] { world->loop.stop(); }); });
    world->loop.run_forever();
    CHECK(world->loop.has_asyncgens());
    world->loop.close();

    CHECK(world->log.empty());
    CHECK_FALSE(world->loop.has_asyncgens());
}

TEST_CASE("the stack of a task leads through a generator") {
    VirtualWorld world;

    const auto main = []() -> Coro<> {
        auto numbers = count(1, 10ms);
        const auto task = create_task(numbers.next());
        co_await sleep(1ms);
        CHECK(task.stack() == Log{"next", "count", "sleep"});
        co_await task;
    };
    world.run(main());
}

namespace {

/// Adds up what it is sent; a ValueError takes it back to zero.
AsyncGenerator<int, int> sum() {
    int total = 0;
    for (;;) {
        try {
            total += (co_yield total).value_or(100);
        } catch (const ValueError&) {
            total = 0;
        }
        co_await sleep(1ms);
    }
}

} // namespace

TEST_CASE("asend() gives a value to the co_yield where the generator stands, next() gives none") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto numbers = sum();
        try {
            co_await numbers.asend(1);
        } catch (const Error& error) {
            w.note(error.what());
        }
        for (int i = 0; i < 2; ++i) {
            w.note(std::to_string(*co_await numbers.next()));
            w.note(std::to_string(*co_await numbers.asend(7)));
        }
        co_await numbers.aclose();
        CHECK_FALSE((co_await numbers.asend(1)).has_value());
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 nothing can be sent to an asynchronous generator that has not begun",
                           "0 0", "1 7", "2 107", "3 114"});
}

TEST_CASE("athrow() throws at the co_yield where the generator stands") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        auto numbers = sum();
        co_await numbers.next();
        co_await numbers.asend(7);
        CHECK(*co_await numbers.athrow(ValueError("back to zero")) == 0);
        CHECK(*co_await numbers.asend(1) == 1);
        try {
            co_await numbers.athrow(Error("ends it"));
        } catch (const Error& error) {
            w.note(error.what());
        }
        CHECK_FALSE((co_await numbers.athrow(Error("too late"))).has_value());
        auto fresh = count(1, 1ms);
        try {
            co_await fresh.athrow(Error("too early"));
        } catch (const Error& error) {
            w.note(error.what());
        }
        CHECK_FALSE((co_await fresh.next()).has_value());
        CHECK_FALSE(w.loop.has_asyncgens());
    };
    world.run(main(world));

    CHECK(world.log == Log{"3 ends it", "3 too early"});
}
