// signal_test.cpp: signals as callbacks of a loop: when they run, in which order, what they leave.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include <array>
#include <csignal>
#include <sys/time.h>
#include <thread>
#include <unistd.h>

using namespace aio;
using aio::testing::Log;
using aio::testing::RecordingTracer;
using aio::testing::VirtualWorld;

namespace {

bool is_default(int signo) {
    struct sigaction now{};
    ::sigaction(signo, nullptr, &now);
    return now.sa_handler == SIG_DFL;
}

} // namespace

TEST_CASE("a signal interrupts nobody: its callback has its turn after the one that runs (M36)") {
    VirtualWorld world;
    world.loop.add_signal_handler(SIGUSR1, [&] {
        world.note("signal");
        world.loop.stop();
    });
    world.loop.call_later(10ms, [&] {
        ::raise(SIGUSR1);
        world.note("raised");
        world.loop.call_soon([&] { world.note("soon"); });
        block_for(30ms);
        world.note("blocked");
    });
    world.loop.run_forever();

    CHECK(world.log == Log{"10 raised", "40 blocked", "40 soon", "40 signal"});
}

TEST_CASE("signals run in the order in which they came, each as often as it came") {
    VirtualWorld world;
    for (const int signo : {SIGUSR1, SIGUSR2}) {
        world.loop.add_signal_handler(
            signo, [&world, signo] { world.note(signo == SIGUSR1 ? "one" : "two"); });
    }
    world.loop.call_soon([&] {
        ::raise(SIGUSR2);
        ::raise(SIGUSR1);
        ::raise(SIGUSR2);
    });
    world.loop.call_later(1ms, [&] { world.loop.stop(); });
    world.loop.run_forever();

    CHECK(world.log == Log{"0 two", "0 one", "0 two"});
}

TEST_CASE("a signal wakes a loop that only the kernel can wake; no timer is needed (real)") {
    EventLoop loop;
    bool called = false;
    loop.add_signal_handler(SIGUSR1, [&] {
        called = true;
        loop.stop();
    });
    std::thread other([] { ::kill(::getpid(), SIGUSR1); });
    loop.run_forever();
    other.join();

    CHECK(called);
}

TEST_CASE("a storm of signals loses none of its kinds, and the loop goes on") {
    VirtualWorld world;
    int count = 0;
    world.loop.add_signal_handler(SIGUSR1, [&] { ++count; });
    world.loop.add_signal_handler(SIGUSR2, [&] { world.note("another"); });
    world.loop.call_soon([&] {
        for (int i = 0; i < 100'000; ++i) { // more than the pipe holds
            ::raise(SIGUSR1);
        }
        ::raise(SIGUSR2);
        ::raise(SIGUSR2);
    });
    world.loop.call_later(1ms, [&] {
        world.note("timer");
        ::raise(SIGUSR1);
    });
    world.loop.call_later(2ms, [&] { world.loop.stop(); });
    world.loop.run_forever();

    CHECK(count > 1000);
    CHECK(count <= 100'001);
    CHECK(world.log == Log{"0 another", "1 timer"}); // those that found no room are one
}

TEST_CASE("raise_at: simulated signals come before the timers of their date") {
    VirtualWorld world;
    world.loop.add_signal_handler(SIGTERM, [&] { world.note("SIGTERM"); });
    world.loop.call_later(20ms, [&] { world.note("timer"); });
    world.loop.raise_at(time_point(20ms), SIGTERM);
    world.loop.raise_at(time_point(5ms), SIGTERM);
    world.loop.call_later(30ms, [&] { world.loop.stop(); });
    world.loop.run_forever();

    CHECK(world.log == Log{"5 SIGTERM", "20 SIGTERM", "20 timer"});
}

TEST_CASE("a handler is one object: what it counts stays counted") {
    VirtualWorld world;
    std::vector<int> counts;
    world.loop.add_signal_handler(SIGTERM,
                                  [&counts, count = 0]() mutable { counts.push_back(++count); });
    world.loop.raise_at(time_point(5ms), SIGTERM);
    world.loop.raise_at(time_point(10ms), SIGTERM);
    world.loop.call_at(time_point(20ms), [&] { world.loop.stop(); });

    world.loop.run_forever();

    CHECK(counts == std::vector<int>{1, 2});
}

TEST_CASE("raise_at without a handler raises really") {
    static int heard = 0;
    const auto before = ::signal(SIGUSR2, [](int /*signo*/) { ++heard; });
    VirtualWorld world;
    world.loop.raise_at(time_point(5ms), SIGUSR2);
    world.run_until_idle();
    ::signal(SIGUSR2, before);

    CHECK(heard == 1);
}

TEST_CASE("two runs with signals leave the same trace") {
    const auto traced = [] {
        const RecordingTracer tracer;
        VirtualWorld world;
        world.loop.add_signal_handler(SIGUSR1, [&] { world.loop.call_soon([] {}); });
        world.loop.call_later(1ms, [] { ::raise(SIGUSR1); });
        world.loop.raise_at(time_point(2ms), SIGUSR1);
        world.loop.call_later(3ms, [&] { world.loop.stop(); });
        world.loop.run_forever();
        std::vector<std::string> lines;
        for (const std::string& line : tracer.lines) {
            if (!line.starts_with("loop.")) { // the number of the loop
                lines.push_back(line);
            }
        }
        return lines;
    };
    const auto first = traced();

    CHECK(first == traced());
    CHECK(std::count(first.begin(), first.end(),
                     "signal.deliver signo=" + std::to_string(SIGUSR1)) == 2);
    CHECK(std::count(first.begin(), first.end(), "signal.raise signo=" + std::to_string(SIGUSR1)) ==
          1);
}

TEST_CASE("a later handler replaces the first; a removed one gives the signal back") {
    VirtualWorld world;
    CHECK(is_default(SIGUSR1));
    world.loop.add_signal_handler(SIGUSR1, [&] { world.note("first"); });
    world.loop.add_signal_handler(SIGUSR1, [&] {
        world.note("second");
        CHECK(world.loop.remove_signal_handler(SIGUSR1));
    });
    world.loop.raise_at(time_point(1ms), SIGUSR1);
    world.run_until_idle(); // nothing is left to wait for: the last handler is gone

    CHECK(world.log == Log{"1 second"});
    CHECK(is_default(SIGUSR1));
    CHECK_FALSE(world.loop.remove_signal_handler(SIGUSR1));
}

TEST_CASE("a signal that came before its handler was removed has no effect") {
    VirtualWorld world;
    world.loop.add_signal_handler(SIGUSR1, [&] { world.note("never"); });
    world.loop.add_signal_handler(SIGUSR2, [&] { world.loop.stop(); });
    world.loop.call_soon([&] {
        ::raise(SIGUSR2);
        ::raise(SIGUSR1);
        world.loop.call_soon([&] { world.loop.remove_signal_handler(SIGUSR1); });
    });
    world.loop.run_forever();

    CHECK(world.log.empty());
}

TEST_CASE("closing a loop gives its signals back") {
    {
        VirtualWorld world;
        world.loop.add_signal_handler(SIGUSR1, [] {});
        CHECK_FALSE(is_default(SIGUSR1));
        world.loop.close();
        CHECK(is_default(SIGUSR1));
        CHECK_FALSE(world.loop.remove_signal_handler(SIGUSR1));
        CHECK_THROWS_WITH_AS(world.loop.add_signal_handler(SIGUSR1, [] {}), "event loop is closed",
                             Error);
    }
    CHECK(is_default(SIGUSR1));
}

TEST_CASE("a callback for a signal that throws is told, and the loop goes on") {
    VirtualWorld world;
    world.loop.set_exception_handler(
        [&](const ErrorContext& context) { world.note(describe(context.error)); });
    world.loop.add_signal_handler(SIGUSR1, [] { throw Error("boom"); });
    world.loop.raise_at(time_point(1ms), SIGUSR1);
    world.loop.call_later(2ms, [&] { world.loop.stop(); });
    world.loop.run_forever();

    CHECK(world.log == Log{"1 boom"});
}

TEST_CASE("what is no signal, cannot be caught, or belongs to another loop is refused") {
    VirtualWorld world;
    VirtualWorld other;
    CHECK_THROWS_WITH_AS(world.loop.add_signal_handler(0, [] {}), "there is no signal 0",
                         ValueError);
    CHECK_THROWS_WITH_AS(world.loop.add_signal_handler(1000, [] {}), "there is no signal 1000",
                         ValueError);
    CHECK_THROWS_WITH_AS(world.loop.add_signal_handler(SIGKILL, [] {}), "signal 9 cannot be caught",
                         Error);
    world.loop.add_signal_handler(SIGUSR1, [] {});
    CHECK_THROWS_WITH_AS(other.loop.add_signal_handler(SIGUSR1, [] {}),
                         ("signal " + std::to_string(SIGUSR1) + " belongs to another loop").c_str(),
                         Error);
}

TEST_CASE(
    "the loop's calls of the kernel go on when a timer of the process interrupts them (real)") {
    EventLoop loop;
    int ticks = 0;
    loop.add_signal_handler(SIGALRM, [&] {
        if (++ticks == 3) {
            loop.stop();
        }
    });
    const itimerval every_millisecond{.it_interval = {0, 1000}, .it_value = {0, 1000}};
    const itimerval off{};
    ::setitimer(ITIMER_REAL, &every_millisecond, nullptr);
    loop.run_forever();
    ::setitimer(ITIMER_REAL, &off, nullptr);

    CHECK(ticks >= 3); // more, if several wait for one turn
}
