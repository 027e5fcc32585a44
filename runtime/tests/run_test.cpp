// run_test.cpp: a program from its start to the closed loop, once with run(), several times with a
// Runner.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

namespace aio {
using namespace testing;
using namespace std::chrono_literals;

namespace {

Coro<int> number(int n) {
    co_await sleep(1ms);
    co_return n;
}

Coro<> fail() {
    co_await sleep(1ms);
    throw Error("main failed");
}

} // namespace

TEST_CASE("a runner runs one program after another on one loop, and tasks stay between them") {
    const DefaultVirtualClock world;
    Log log;
    const auto background = [&log]() -> Coro<> {
        co_await sleep(2ms);
        log.push_back("background");
        co_await sleep(1h);
    };
    const auto main = [&background]() -> Coro<> {
        create_task(background());
        co_await sleep(1ms);
    };

    Runner runner;
    runner.run(main());
    log.push_back("between");
    CHECK(runner.run(number(7)) == 7);
    CHECK_THROWS_WITH_AS(runner.run(fail()), "main failed", Error);
    CHECK_FALSE(runner.get_loop().is_closed());
    runner.close();
    runner.close();

    CHECK(log == Log{"between", "background"});
    CHECK(runner.get_loop().is_closed());
    CHECK_THROWS_AS(runner.run(number(1)), Error);
}

TEST_CASE("run: main's error arrives after the clean-up of what it left behind") {
    const DefaultVirtualClock world;
    Log log;
    const auto tidy = [&log]() -> Coro<> {
        try {
            co_await sleep(1h);
        } catch (const CancelledError&) {
            log.push_back("tidied");
            throw;
        }
    };
    const auto main = [&tidy]() -> Coro<> {
        create_task(tidy());
        co_await fail();
    };
    CHECK_THROWS_WITH_AS(run(main()), "main failed", Error);
    CHECK(log == Log{"tidied"});
}

TEST_CASE("run: a loop that somebody stops has not run main to its end") {
    const DefaultVirtualClock world;
    const auto main = []() -> Coro<> {
        get_running_loop().stop();
        co_await sleep(1h);
    };
    CHECK_THROWS_WITH_AS(run(main()), "event loop stopped before future completed", Error);
}

TEST_CASE("run: a clean-up that can never end is not begun once more") {
    const DefaultVirtualClock world;
    Log log;
    const auto stuck = [&log]() -> Coro<> {
        for (int cancels = 0; cancels < 2; ++cancels) {
            try {
                co_await get_running_loop().create_future<int>();
            } catch (const CancelledError&) {
                log.push_back("cancelled");
            }
        }
    };
    const auto main = [&stuck]() -> Coro<> {
        create_task(stuck());
        co_await sleep(1ms);
    };
    CHECK_THROWS_AS(run(main()), DeadlockError);
    CHECK(log == Log{"cancelled"});
}

TEST_CASE("a runner inside a running loop is refused") {
    const DefaultVirtualClock world;
    const auto main = []() -> Coro<> {
        CHECK_THROWS_AS(Runner{}, Error);
        co_return;
    };
    run(main());
}

TEST_CASE("a leftover task that fails while run() ends is reported, and run() goes on") {
    const DefaultVirtualClock world;
    RecordingTracer tracer;
    const auto clumsy = []() -> Coro<> {
        try {
            co_await sleep(1h);
        } catch (const CancelledError&) {
        }
        throw Error("broke while tidying");
    };
    const auto main = [&clumsy]() -> Coro<> {
        create_task(clumsy());
        co_await sleep(1ms);
    };
    run(main());
    CHECK(tracer.count("warn code=exception_in_callback text=a task failed while run() was ending: "
                       "broke while tidying") == 1);
}

} // namespace aio
