// run_test.cpp: a program from its start to the closed loop, once with run(), several times with a
// Runner.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

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

namespace {

/// SIGINT as a program finds it: doctest has a handler of its own.
struct FreshInterrupt {
    void (*before)(int) = ::signal(SIGINT, SIG_DFL);
    ~FreshInterrupt() { ::signal(SIGINT, before); }
};

/// Tidies for 2 ms when it is cancelled, and says so.
Coro<int> tidy_main(Log& log) {
    std::exception_ptr request;
    try {
        co_await sleep(1h);
    } catch (const CancelledError&) {
        request = std::current_exception();
    }
    co_await sleep(2ms);
    log.push_back("tidied");
    std::rethrow_exception(request);
}

Coro<int> interrupted_at(time_point when, Coro<int> main) {
    get_running_loop().raise_at(when, SIGINT);
    co_return co_await main;
}

} // namespace

TEST_CASE("SIGINT cancels main, and run() throws KeyboardInterrupt when all is tidied") {
    DefaultVirtualClock world;
    const FreshInterrupt fresh;
    Log log;
    const auto main = [&log]() -> Coro<int> {
        create_task(tidy_main(log));
        co_return co_await tidy_main(log);
    };

    CHECK_THROWS_AS(run(interrupted_at(time_point(5ms), main())), KeyboardInterrupt);
    CHECK(log == Log{"tidied", "tidied"}); // main, and then what it left
    CHECK(world.clock.now() == time_point(9ms));

    Runner runner;
    CHECK_THROWS_AS(runner.run(interrupted_at(time_point(10ms), main())), KeyboardInterrupt);
    CHECK(runner.run(number(7)) == 7); // the loop goes on
    CHECK((::signal(SIGINT, SIG_DFL) == SIG_DFL));
}

TEST_CASE("main may answer to SIGINT in another way: with a value, or an error") {
    const DefaultVirtualClock world;
    const FreshInterrupt fresh;
    const auto answers = [](bool fails) -> Coro<int> {
        try {
            co_await sleep(1h);
        } catch (const CancelledError&) {
        }
        if (fails) {
            throw Error("interrupted");
        }
        co_return current_task().cancelling();
    };
    CHECK(run(interrupted_at(time_point(1ms), answers(false))) == 1);
    CHECK_THROWS_AS(run(interrupted_at(time_point(2ms), answers(true))), Error);
}

TEST_CASE("main that somebody else has cancelled as well throws CancelledError") {
    const DefaultVirtualClock world;
    const FreshInterrupt fresh;
    Log log;
    const auto main = [&log]() -> Coro<int> {
        get_running_loop().call_later(6ms, [task = current_task()] { task.cancel(); });
        co_return co_await tidy_main(log);
    };
    CHECK_THROWS_AS(run(interrupted_at(time_point(5ms), main())), CancelledError);
}

TEST_CASE("a program's own handler of SIGINT takes the place of run()'s") {
    const DefaultVirtualClock world;
    const FreshInterrupt fresh;
    const auto main = []() -> Coro<int> {
        int heard = 0;
        EventLoop& loop = get_running_loop();
        CHECK_FALSE(loop.remove_signal_handler(SIGINT)); // run()'s is not the program's
        loop.add_signal_handler(SIGINT, [&heard] { ++heard; });
        co_await sleep(1ms);
        ::raise(SIGINT);
        co_await sleep(1ms);
        ::raise(SIGINT);
        co_await sleep(1ms);
        co_return heard;
    };
    CHECK(run(main()) == 2);

    ::signal(SIGINT, SIG_IGN); // as under nohup: then run() asks for nothing
    CHECK(run(interrupted_at(time_point(5ms), number(7))) == 7);
}

TEST_CASE("only the first thread's run() takes SIGINT, and a deadlock stays one") {
    const DefaultVirtualClock world;
    const FreshInterrupt fresh;
    const auto is_default = []() -> Coro<bool> {
        struct sigaction now{};
        ::sigaction(SIGINT, nullptr, &now);
        co_return now.sa_handler == SIG_DFL;
    };
    CHECK_FALSE(run(is_default()));
    std::thread([&] { CHECK(run(is_default())); }).join();
    CHECK_THROWS_AS(run([]() -> Coro<> { co_await get_running_loop().create_future<void>(); }()),
                    DeadlockError);
    CHECK((::signal(SIGINT, SIG_DFL) == SIG_DFL)); // also after a deadlock
}

TEST_CASE("Ctrl-C while the loop sleeps wakes it (real)") {
    const FreshInterrupt fresh;
    const auto main = []() -> Coro<> {
        std::thread([] { ::kill(::getpid(), SIGINT); }).detach();
        co_await sleep(1h);
    };
    CHECK_THROWS_AS(run(main()), KeyboardInterrupt);
}

TEST_CASE("a second Ctrl-C ends a program that does not turn any more") {
    const FreshInterrupt fresh;
    const pid_t copy = ::fork();
    if (copy == 0) {
        run([]() -> Coro<> {
            ::raise(SIGINT); // cancels main on the next turn, which never comes
            ::raise(SIGINT);
            ::_exit(0);
            co_return;
        }());
    }
    int status = 0;
    ::waitpid(copy, &status, 0);
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGINT);
}

} // namespace aio
