// process_pool_test.cpp: jobs in other processes, on the clock of this one.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace aio;
using aio::testing::Log;
using aio::testing::RecordingTracer;
using aio::testing::VirtualWorld;

namespace {

const std::string broken = "a process of this pool has died: make a new pool";

int twice(int number) {
    block_for(50ms);
    return 2 * number;
}

std::string join(std::vector<std::string> words, char between) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : std::string(1, between)) + word;
    }
    return text;
}

int block(int milliseconds) {
    block_for(ms(milliseconds));
    return milliseconds;
}

/// Returns: the text of the error that `future` ends with.
template <class T> std::string error_of(EventLoop& loop, Future<T> future) {
    try {
        loop.run_until_complete(future);
    } catch (const std::exception& error) {
        return (holds<BrokenProcessPool>(std::current_exception()) ? "broken: " : "") +
               std::string(error.what());
    }
    return "no error";
}

template <class T> Coro<> note_end(VirtualWorld& world, std::string name, Future<T> job) {
    co_await job;
    world.note(name);
}

Coro<> count_to(VirtualWorld& world, int number) {
    for (int i = 1; i <= number; ++i) {
        co_await sleep(20ms);
        world.note(std::to_string(i));
    }
}

#ifndef __has_feature
#define __has_feature(name) 0
#endif
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__) ||                               \
    __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
constexpr bool sanitized = true; // copies that start threads or have no descriptors left defeat it
#else
constexpr bool sanitized = false;
#endif

/// Returns: whether `test` returns true in a copy of this program that has one thread.
template <class F> bool in_a_copy(F test) {
    const pid_t copy = ::fork();
    if (copy == 0) {
        ::_exit(test() ? 0 : 1);
    }
    int status = -1;
    ::waitpid(copy, &status, 0);
    return status == 0;
}

/// Returns: the text of the error that `call` throws.
template <class F> std::string text_of(F call) {
    try {
        call();
    } catch (const std::exception& error) {
        return error.what();
    }
    return "no error";
}

} // namespace

TEST_CASE("a process job gets its arguments, and its result comes back, from another process") {
    VirtualWorld world;
    ProcessPool pool(2);
    const auto number = world.loop.run_in_executor(&pool, twice, 21);
    const auto text = world.loop.run_in_executor(
        &pool, join, std::vector<std::string>{"a", "", "long enough to be on the heap"}, '-');
    const auto pid = world.loop.run_in_executor(&pool, [] { return ::getpid(); });
    const auto large = world.loop.run_in_executor(
        &pool, [](std::vector<int> numbers) { return numbers; }, std::vector<int>(1'000'000, 7));
    const auto nothing = world.loop.run_in_executor(&pool, [] {});

    CHECK(world.loop.run_until_complete(text) == "a--long enough to be on the heap");
    CHECK(world.clock.now() == time_point{});
    CHECK(world.loop.run_until_complete(number) == 42);
    CHECK(world.clock.now() == time_point{50ms});
    CHECK(world.loop.run_until_complete(pid) != ::getpid());
    CHECK(world.loop.run_until_complete(large) == std::vector<int>(1'000'000, 7));
    world.loop.run_until_complete(nothing);
}

TEST_CASE("R9: a process that blocks holds the parent's clock, and sees the parent's time") {
    VirtualWorld world;
    ProcessPool pool(2);
    const auto counting = world.loop.create_task(count_to(world, 3));
    std::vector<Task<>> jobs;
    for (const int span : {30, 50, 20}) { // the third begins with the first one's end
        jobs.push_back(world.loop.create_task(note_end(
            world, "job " + std::to_string(span), world.loop.run_in_executor(&pool, block, span))));
    }
    const auto time = world.loop.run_in_executor(&pool, [] {
        const std::int64_t began = current_clock().now().time_since_epoch() / 1ms;
        EventLoop loop; // a job may run one of its own, in the parent's time
        loop.run_until_complete(loop.create_task(sleep(25ms)));
        return 1000 * began + current_clock().now().time_since_epoch() / 1ms;
    });

    world.loop.run_until_complete(time);

    CHECK(world.log == Log{"20 1", "30 job 30", "40 2", "50 job 50", "50 job 20", "60 3"});
    CHECK(time.result() == 50'075);
}

TEST_CASE("a process job works on a copy of the memory: only its result comes back") {
    static int counter = 1;
    VirtualWorld world;
    ProcessPool pool(1);

    const auto changed = world.loop.run_in_executor(&pool, [] { return ++counter; });

    CHECK(world.loop.run_until_complete(changed) == 2);
    CHECK(counter == 1);
}

TEST_CASE("the error of a process job comes back with its text, and the process goes on") {
    VirtualWorld world;
    ProcessPool pool(1);
    const auto first = world.loop.run_in_executor(&pool, [] { return ::getpid(); });
    const auto fails = world.loop.run_in_executor(&pool, [] { throw ValueError("3 is odd"); });
    const auto odd = world.loop.run_in_executor(&pool, [] { throw 3; });
    const auto last = world.loop.run_in_executor(&pool, [] { return ::getpid(); });

    CHECK(error_of(world.loop, fails) == "3 is odd");
    CHECK(error_of(world.loop, odd) == "an exception that is no std::exception");
    CHECK(world.loop.run_until_complete(last) == first.result());
}

TEST_CASE("a worker that dies breaks the pool: its job and later ones get an error, none hangs") {
    const std::array<void (*)(), 4> ways{[] { std::raise(SIGKILL); }, [] { std::exit(0); },
                                         [] { ::_exit(3); }, [] { std::abort(); }};
    for (const auto die : ways) {
        VirtualWorld world;
        ProcessPool pool(1);
        const auto dies = world.loop.run_in_executor(&pool, die);
        const auto queued = world.loop.run_in_executor(&pool, twice, 1);

        CHECK(error_of(world.loop, dies) ==
              "broken: the process of worker-1 has died while it had a job");
        CHECK(error_of(world.loop, queued) == "broken: " + broken);
        CHECK_THROWS_WITH_AS(world.loop.run_in_executor(&pool, twice, 2), broken.c_str(),
                             BrokenProcessPool);
        ProcessPool next(1);
        CHECK(world.loop.run_until_complete(world.loop.run_in_executor(&next, twice, 2)) == 4);
    }
}

TEST_CASE("a worker that is killed while it blocks, or between jobs, breaks the pool as well") {
    VirtualWorld world;
    ProcessPool pool(1);
    const pid_t worker = world.loop.run_until_complete(world.loop.run_in_executor(&pool, ::getpid));

    SUBCASE("while it blocks") {
        world.loop.call_later(20ms, [&] { ::kill(worker, SIGKILL); });
    }
    SUBCASE("between two jobs") { ::kill(worker, SIGKILL); }
    CHECK(error_of(world.loop, world.loop.run_in_executor(&pool, twice, 1)) ==
          "broken: the process of worker-1 has died while it had a job");
}

namespace {
Coro<std::string> fork_and_exit() {
    ProcessPool pool(1); // with a copy of a clock that has a loop, which will never leave it
    const auto exits = get_running_loop().run_in_executor(&pool, [] { std::exit(0); });
    try {
        co_await exits;
    } catch (const BrokenProcessPool&) {
        co_return "broken";
    }
    co_return "no error";
}
} // namespace

TEST_CASE("a worker that exits does not wait for the static objects of the program" *
          doctest::skip(sanitized)) {
    CHECK(in_a_copy([] {
        static VirtualClock clock;
        EventLoop loop({.clock = &clock, .selector = nullptr});
        return loop.run_until_complete(fork_and_exit()) == "broken";
    }));
}

TEST_CASE("jobs of a broken pool's other workers go on") {
    VirtualWorld world;
    ProcessPool pool(2);
    const auto goes_on = world.loop.run_in_executor(&pool, twice, 21);
    const auto dies = world.loop.run_in_executor(&pool, [] { std::raise(SIGKILL); });

    CHECK(error_of(world.loop, dies) ==
          "broken: the process of worker-2 has died while it had a job");
    CHECK(world.loop.run_until_complete(goes_on) == 42);
    CHECK(world.clock.now() == time_point{50ms});
}

TEST_CASE("a process pool that is shut down with work queued lets it run, or cancels it") {
    VirtualWorld world;
    ProcessPool pool(1);
    const auto first = world.loop.run_in_executor(&pool, twice, 1);
    const auto second = world.loop.run_in_executor(&pool, twice, 2);
    world.run(sleep(10ms));

    SUBCASE("run") {
        pool.shutdown();
        CHECK(world.clock.now() == time_point{100ms});
        CHECK(world.loop.run_until_complete(second) == 4);
    }
    SUBCASE("cancelled") {
        pool.shutdown(true, true);
        CHECK(world.clock.now() == time_point{50ms});
        CHECK_THROWS_AS(world.loop.run_until_complete(second), CancelledError);
    }
    CHECK(first.result() == 2);
    CHECK_THROWS_WITH_AS(world.loop.run_in_executor(&pool, twice, 3),
                         "cannot schedule new jobs after shutdown", Error);
    CHECK_THROWS_WITH_AS(ProcessPool(0), "a pool needs at least one worker", Error);
}

TEST_CASE("two runs of a program with processes give the same trace, line for line") {
    const auto trace = [] {
        RecordingTracer tracer;
        VirtualWorld world;
        ProcessPool pool(2);
        std::vector<Task<>> ends;
        for (const int span : {20, 40, 20, 20, 0}) {
            ends.push_back(world.loop.create_task(
                note_end(world, "end", world.loop.run_in_executor(&pool, block, span))));
        }
        for (const auto& end : ends) {
            world.loop.run_until_complete(end);
        }
        std::erase_if(tracer.lines, [](const auto& line) { return line.starts_with("loop."); });
        return tracer.lines;
    };
    const Log first = trace();
    CHECK(first.size() > 50);
    CHECK(trace() == first);
    CHECK(trace() == first);
}

TEST_CASE("the fork server must come before other threads, and what it cannot do is an error" *
          doctest::skip(sanitized)) {
    SUBCASE("a thread runs") {
        CHECK(in_a_copy([] {
            std::thread([] { ::pause(); }).detach();
            return text_of([] { ProcessPool pool(1); }).starts_with("a process pool forks");
        }));
    }
    SUBCASE("no more descriptors") {
        CHECK(in_a_copy([] {
            VirtualWorld world;
            ProcessPool pool(1);
            const rlimit few{3, 3};
            ::setrlimit(RLIMIT_NOFILE, &few);
            return text_of([] { ProcessPool other(1); }) == "no error" && // there is a server
                   error_of(world.loop, world.loop.run_in_executor(&pool, twice, 1)) ==
                       "socketpair: Too many open files";
        }));
        CHECK(in_a_copy([] {
            const rlimit few{3, 3};
            ::setrlimit(RLIMIT_NOFILE, &few);
            return text_of([] { ProcessPool pool(1); }) == "socketpair: Too many open files";
        }));
    }
    SUBCASE("the server was killed") {
        CHECK(in_a_copy([] {
            VirtualWorld world;
            ProcessPool pool(2);
            const auto server = world.loop.run_in_executor(&pool, ::getppid);
            const auto other = world.loop.run_in_executor(&pool, block, 10);
            ::kill(world.loop.run_until_complete(server), SIGKILL);
            ::waitpid(server.result(), nullptr, 0);
            const auto goes_on = world.loop.run_in_executor(&pool, twice, 1);
            ProcessPool next(1);
            const auto fails = world.loop.run_in_executor(&next, twice, 1);
            return world.loop.run_until_complete(goes_on) == 2 && other.done() &&
                   error_of(world.loop, fails) ==
                       "broken: the process of worker-1 has died while it had a job";
        }));
    }
}
