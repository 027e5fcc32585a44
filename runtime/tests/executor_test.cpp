// executor_test.cpp: jobs on worker threads, on a clock that all of them share.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <future>
#include <thread>

using namespace aio;
using aio::testing::DefaultVirtualClock;
using aio::testing::Log;
using aio::testing::RecordingTracer;
using aio::testing::VirtualWorld;

namespace {

/// Returns: a job that blocks for each of `spans` in turn, and returns `name`.
auto block(std::string name, std::vector<ms> spans) {
    return [name = std::move(name), spans = std::move(spans)] {
        for (const ms span : spans) {
            block_for(span);
        }
        return name;
    };
}

Coro<> note_end(VirtualWorld& world, Future<std::string> job) {
    std::string end;
    try {
        end = co_await job;
    } catch (const Error& error) {
        end = std::string("error: ") + error.what();
    } catch (const CancelledError&) {
        end = "cancelled";
    }
    world.note(end);
}

/// Hands the jobs to `pool`, in order, and notes their ends.
template <class Pool, class... Jobs>
Coro<> note_ends(VirtualWorld& world, Pool pool, Jobs... jobs) {
    std::vector<Task<>> ends;
    (ends.push_back(create_task(note_end(world, world.loop.run_in_executor(pool, jobs)))), ...);
    for (auto& end : ends) {
        co_await end;
    }
}

Coro<> count_to(VirtualWorld& world, int number) {
    for (int i = 1; i <= number; ++i) {
        co_await sleep(50ms);
        world.note(std::to_string(i));
    }
}

} // namespace

TEST_CASE("R9: a job starts when a worker is free, and holds neither the loop nor other workers") {
    VirtualWorld world;
    ThreadPool pool(2);

    const auto counting = world.loop.create_task(count_to(world, 2));
    world.run(note_ends(world, &pool, block("a", {40ms}), block("b", {120ms}), block("c", {30ms}),
                        block("d", {30ms})));

    CHECK(world.log == Log{"40 a", "50 1", "70 c", "100 d", "100 2", "120 b"});
}

TEST_CASE("R9: jobs that end at one instant post in the order in which they were started") {
    VirtualWorld world;
    ThreadPool pool(3);

    world.run(note_ends(world, &pool, block("a", {100ms}), block("b", {50ms, 50ms}),
                        block("c", {30ms}), block("began at 30", {70ms})));

    CHECK(world.log == Log{"30 c", "100 a", "100 b", "100 began at 30"});
}

TEST_CASE("R9: a job runs while the loop's thread is blocked; the loop hears of it afterwards") {
    VirtualWorld world;
    ThreadPool pool(1);

    const auto end = world.loop.create_task(note_ends(world, &pool, [&world] {
        block_for(40ms);
        world.note("job on " + std::string(current_worker()));
        return std::string("heard");
    }));
    world.loop.call_soon([] { block_for(100ms); });
    world.loop.run_until_complete(end);

    CHECK(world.log == Log{"40 job on worker-1", "100 heard"});
    CHECK(current_worker().empty());
}

TEST_CASE("a job's result, error or nothing comes back, and its arguments go with it") {
    VirtualWorld world;
    ThreadPool pool(1);

    const auto sum = world.loop.run_in_executor(&pool, std::plus<>(), 20, 22);
    const auto move_only = world.loop.run_in_executor(
        &pool, [](std::unique_ptr<int> number) { return number; }, std::make_unique<int>(7));
    const auto fails = world.loop.run_in_executor(&pool, [] { throw Error("no such file"); });

    CHECK(world.loop.run_until_complete(sum) == 42);
    CHECK(*world.loop.run_until_complete(move_only) == 7);
    CHECK_THROWS_WITH_AS(world.loop.run_until_complete(fails), "no such file", Error);
}

TEST_CASE("to_thread runs in the default pool, from when it is awaited") {
    VirtualWorld world;
    int calls = 0;
    auto lazy = to_thread([&calls](int by) { return calls += by; }, 3);

    world.run(sleep(1ms));
    CHECK(calls == 0);
    CHECK(world.run(std::move(lazy)) == 3);
}

TEST_CASE("cancelling the future of a job that waits removes it; one that runs goes on") {
    const RecordingTracer tracer;
    VirtualWorld world;
    ThreadPool pool(1);
    const auto job = [&world](const char* name) {
        block_for(50ms);
        world.note(name);
    };

    const auto running = world.loop.run_in_executor(&pool, job, "running");
    const auto waiting = world.loop.run_in_executor(&pool, job, "waiting");
    const auto last = world.loop.run_in_executor(&pool, job, "last");
    world.loop.call_later(10ms, [&] {
        running.cancel();
        waiting.cancel();
    });
    world.loop.run_until_complete(last);

    CHECK(running.cancelled());
    CHECK(world.log == Log{"50 running", "100 last"});
    CHECK(tracer.count("exec.drop job=2") == 1);
}

TEST_CASE("a pool that is shut down with work queued lets it run, and refuses more") {
    VirtualWorld world;
    ThreadPool pool(1);
    const auto first = world.loop.run_in_executor(&pool, block("first", {30ms}));
    const auto second = world.loop.run_in_executor(&pool, block("second", {30ms}));

    SUBCASE("without a wait") {
        pool.shutdown(false);
        CHECK(world.clock.now() == time_point{});
    }
    SUBCASE("with one: the caller is blocked until the last job has ended") {
        pool.shutdown();
        CHECK(world.clock.now() == time_point{60ms});
    }
    pool.shutdown(false);
    CHECK_THROWS_WITH_AS(world.loop.run_in_executor(&pool, [] {}),
                         "cannot schedule new jobs after shutdown", Error);
    CHECK(world.loop.run_until_complete(first) == "first");
    CHECK(world.loop.run_until_complete(second) == "second");
}

TEST_CASE("a pool that is shut down with cancel_futures cancels what is queued, not what runs") {
    VirtualWorld world;
    ThreadPool pool(1);

    const auto end = world.loop.create_task(
        note_ends(world, &pool, block("first", {30ms}), block("second", {30ms})));
    world.loop.call_later(10ms, [&] { pool.shutdown(true, true); });
    world.loop.run_until_complete(end);

    CHECK(world.log == Log{"30 cancelled", "30 first"}); // in the order of their posts
}

TEST_CASE("a pool ends when its last handle goes, after its jobs") {
    VirtualWorld world;
    {
        ThreadPool pool(2);
        world.loop.run_in_executor(&pool, block("a", {30ms}));
        world.loop.run_in_executor(&pool, block("b", {20ms}));
    }
    CHECK(world.clock.now() == time_point{30ms});
}

TEST_CASE("a pool has at least one worker, and does not wait for itself") {
    const RecordingTracer tracer;
    VirtualWorld world;
    auto pool = std::make_unique<ThreadPool>(1);

    CHECK_THROWS_WITH_AS(ThreadPool(0), "a pool needs at least one worker", Error);
    const auto waits = world.loop.run_in_executor(pool.get(), [&] { pool->shutdown(); });
    CHECK_THROWS_WITH_AS(world.loop.run_until_complete(waits),
                         "a job cannot wait for the pool that runs it", Error);
    static std::promise<void> ended;
    struct AtEnd {
        ~AtEnd() { ended.set_value(); }
    };
    auto* other = new ThreadPool(1);
    const auto deletes_it = [other] {
        thread_local const AtEnd thread;
        static_cast<void>(&thread);
        delete other;
    };
    world.loop.run_until_complete(world.loop.run_in_executor(other, deletes_it));
    CHECK(ended.get_future().wait_for(10s) == std::future_status::ready); // the thread's own
    CHECK(tracer.count("warn code=deadlock text=a pool could not wait for its jobs") == 1);
}

TEST_CASE("a loop that is closed refuses jobs, and leaves those that run to themselves") {
    VirtualWorld world;
    const auto job = world.loop.run_in_executor(nullptr, block("job", {30ms}));
    world.run(sleep(10ms));
    world.loop.close();

    CHECK_THROWS_WITH_AS(world.loop.run_in_executor(nullptr, [] {}), "event loop is closed", Error);
    CHECK_FALSE(job.done());
}

TEST_CASE(
    "the default pool is shut down without blocking the loop, and refuses jobs from then on") {
    VirtualWorld world;
    world.run(world.loop.shutdown_default_executor()); // nothing to do, but it is final
    CHECK_THROWS_WITH_AS(world.loop.run_in_executor(nullptr, [] {}),
                         "the default executor has been shut down", Error);

    VirtualWorld busy;
    const auto mine = std::make_shared<ThreadPool>(1);
    busy.loop.set_default_executor(mine);
    const auto ends = busy.loop.create_task(
        note_ends(busy, nullptr, block("a", {60ms}), block("queued", {60ms})));
    const auto counting = busy.loop.create_task(count_to(busy, 2));
    busy.run(sleep(0ms));
    busy.run(busy.loop.shutdown_default_executor(1s));
    busy.loop.run_until_complete(ends);
    CHECK(busy.log == Log{"50 1", "60 a", "100 2", "120 queued"});
    CHECK_THROWS_AS(busy.loop.run_in_executor(mine.get(), [] {}), Error);
}

TEST_CASE("a default pool that does not end within the limit is reported and left to itself") {
    const RecordingTracer tracer;
    VirtualWorld world;
    const auto job = world.loop.run_in_executor(nullptr, block("late", {100ms}));

    world.run(world.loop.shutdown_default_executor(70ms));

    CHECK(world.clock.now() == time_point{70ms});
    CHECK(tracer.count("warn code=shutdown text=the default executor's jobs did not end within 70 "
                       "ms") == 1);
    CHECK(world.loop.run_until_complete(job) == "late");
    CHECK(world.clock.now() == time_point{100ms});
}

namespace {
Coro<> leave_a_job(ms span) {
    get_running_loop().run_in_executor(nullptr, block_for, span);
    co_await sleep(10ms);
}
} // namespace

TEST_CASE("R11: run() waits for the jobs of its default pool, for five minutes") {
    const RecordingTracer tracer;
    const DefaultVirtualClock world;

    run(leave_a_job(300ms));
    CHECK(default_clock().now() == time_point{300ms});
    CHECK(tracer.count("warn") == 0);
    run(leave_a_job(1h));
    CHECK(default_clock().now() == time_point{310ms + 5min});
    CHECK(tracer.count("warn code=shutdown text=the default executor's jobs did not end") == 1);
}

namespace {

Coro<std::string> nap_and_name(std::string name) {
    co_await sleep(30ms);
    co_return name;
}

/// Threads, timers, posts and errors at the same instants. Returns: its trace, without the loop's
/// number, which is the process's.
Log trace_of_a_program_with_threads() {
    RecordingTracer tracer;
    VirtualWorld world;
    ThreadPool pool(3);
    world.loop.run_in_executor(&pool, [&world] {
        for (int i = 0; i < 4; ++i) {
            block_for(20ms);
            world.loop.call_soon_threadsafe([&world, i] { world.note(std::to_string(i)); });
        }
        return run_coroutine_threadsafe(nap_and_name("from a worker"), world.loop).get();
    });
    const auto counting = world.loop.create_task(count_to(world, 4));
    world.run(note_ends(world, &pool, block("a", {20ms, 40ms}), block("b", {60ms}),
                        block("c", {40ms, 100ms}), block("d", {20ms}),
                        []() -> std::string { throw Error("e"); }));
    pool.shutdown();
    std::erase_if(tracer.lines, [](const std::string& line) { return line.starts_with("loop."); });
    tracer.lines.insert(tracer.lines.end(), world.log.begin(), world.log.end());
    return tracer.lines;
}

} // namespace

TEST_CASE("two runs of a program with threads give the same trace, line for line") {
    const Log first = trace_of_a_program_with_threads();
    CHECK(first.size() > 100);
    for (int i = 0; i < 10; ++i) {
        CHECK(trace_of_a_program_with_threads() == first);
    }
}

TEST_CASE("R14: loops in several threads, and their workers, share one clock") {
    VirtualClock clock;
    Log log; // only one of them runs at a time, so this needs no lock
    std::optional<VirtualClock::Hold> until_all_run(std::in_place, clock);
    std::atomic<int> loops_left = 3;
    const auto note = [&](const std::string& text) {
        log.push_back(std::to_string(clock.now().time_since_epoch() / 1ms) + " " + text);
    };
    const auto live = [&](EventLoop& loop, const std::string& name) {
        ThreadPool pool(1);
        loop.call_soon([&] {
            if (--loops_left == 0) {
                until_all_run.reset();
            }
        });
        loop.call_later(20ms, [&] {
            note(name + " on time");
            const auto job = loop.run_in_executor(&pool, block_for, 30ms);
            job.add_done_callback([&](const Future<void>&) {
                note(name + " job");
                loop.stop();
            });
            block_for(name == "B" ? 10ms : 0ms); // its own thread alone
        });
        loop.run_forever();
    };

    EventLoop a({.clock = &clock, .selector = nullptr});
    EventLoop b({.clock = &clock, .selector = nullptr});
    EventLoop c({.clock = &clock, .selector = nullptr});
    std::thread third([&] { live(c, "C"); }); // not in the order of their numbers
    std::thread second([&] { live(b, "B"); });
    live(a, "A");
    second.join();
    third.join();

    CHECK(log ==
          Log{"20 A on time", "20 B on time", "20 C on time", "50 A job", "50 B job", "50 C job"});
}

TEST_CASE("a job may run a loop of its own, on the clock that it shares") {
    VirtualWorld world;
    ThreadPool pool(2);

    world.run(note_ends(
        world, &pool,
        [&] {
            EventLoop inner({.clock = &world.clock, .selector = nullptr});
            return inner.run_until_complete(nap_and_name("inner loop"));
        },
        block("worker", {20ms})));

    CHECK(world.log == Log{"20 worker", "30 inner loop"});
}
