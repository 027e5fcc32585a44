// executor_real_test.cpp: jobs of real threads, in random programs, with workers that wait awake.
#include <aio/aio.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <barrier>
#include <random>
#include <thread>

using namespace aio;

TEST_CASE("jobs run side by side on the real clock (real)") {
    RealClock clock;
    EventLoop loop({.clock = &clock, .selector = nullptr});
    ThreadPool pool(2);
    std::barrier both(2);

    const auto first = loop.run_in_executor(&pool, [&] { both.arrive_and_wait(); });
    const auto second = loop.run_in_executor(&pool, [&] { both.arrive_and_wait(); });
    loop.run_until_complete(first);
    loop.run_until_complete(second);

    CHECK(second.done());
}

namespace {

/// Jobs of random programs: some handed in one by one, some at once, some cancelled, from two loops
/// in two threads to one pool. Each runs once, or never and is cancelled.
struct Crowd {
    std::vector<std::atomic<int>> runs = std::vector<std::atomic<int>>(2'000);
    std::atomic<std::size_t> next = 0;

    Coro<> live(ThreadPool& pool, unsigned seed) {
        std::mt19937 random(seed);
        EventLoop& loop = get_running_loop();
        for (std::size_t begin = 0; begin < runs.size() / 2;) {
            std::vector<std::pair<std::size_t, Future<std::size_t>>> batch;
            const std::size_t wanted = random() % 3 == 0 ? 1 : 1 + random() % 100;
            for (; batch.size() < wanted && begin < runs.size() / 2; ++begin) {
                const std::size_t number = next++;
                batch.emplace_back(number, loop.run_in_executor(&pool, [this, number] {
                    ++runs[number];
                    return number;
                }));
                if (random() % 8 == 0) {
                    batch.back().second.cancel();
                }
            }
            for (const auto& [number, job] : batch) {
                if (!job.cancelled()) {
                    CHECK(co_await job == number);
                    CHECK(runs[number] == 1);
                }
            }
        }
    }
};

void run_a_crowd(std::size_t workers, duration spin) {
    Crowd crowd;
    RealClock clock;
    {
        ThreadPool pool(workers);
        const auto run = [&](unsigned seed) {
            EventLoop loop({.clock = &clock, .selector = nullptr, .spin = spin});
            loop.run_until_complete(crowd.live(pool, seed));
        };
        std::thread other([&] { run(1); });
        run(2);
        other.join();
    } // waits for what was cancelled too late
    CHECK(std::all_of(crowd.runs.begin(), crowd.runs.end(), [](const auto& n) { return n <= 1; }));
}

} // namespace

TEST_CASE("jobs of two loops in one pool each run once, or were cancelled (real)") {
    run_a_crowd(1, 0s);
    run_a_crowd(1, 50us);
    run_a_crowd(3, 0s);
    run_a_crowd(3, 50us);
}

TEST_CASE("jobs of one loop begin in the order in which they came, also while one waits awake "
          "(real)") {
    RealClock clock;
    EventLoop loop({.clock = &clock, .selector = nullptr, .spin = 50us});
    ThreadPool pool(1);
    std::vector<int> order; // one worker: no two jobs at once
    const auto jobs = [&](int count) {
        std::vector<Future<void>> ends;
        const int first = static_cast<int>(order.size()); // while no job runs
        for (int number = first; number < first + count; ++number) {
            ends.push_back(
                loop.run_in_executor(&pool, [&order, number] { order.push_back(number); }));
        }
        for (const Future<void>& end : ends) {
            loop.run_until_complete(end);
        }
    };

    for (int i = 0; i < 50; ++i) {
        jobs(1);
        jobs(40);
    }

    CHECK(order.size() == 50 * 41);
    CHECK(std::is_sorted(order.begin(), order.end()));
}

TEST_CASE("a job's outcome comes after what the job has posted (real)") {
    RealClock clock;
    EventLoop loop({.clock = &clock, .selector = nullptr, .spin = 50us});
    ThreadPool pool(2);
    int notes = 0;

    for (int i = 1; i <= 200; ++i) {
        loop.run_until_complete(loop.run_in_executor(&pool, [&] {
            loop.call_soon_threadsafe([&notes] { ++notes; });
            loop.call_soon_threadsafe([&notes] { ++notes; });
        }));
        REQUIRE(notes == 2 * i);
    }
}

TEST_CASE(
    "a loop that is closed while a worker waits awake, or runs its job, is left alone (real)") {
    RealClock clock;
    ThreadPool pool(1);
    for (int i = 0; i < 20; ++i) {
        auto loop = std::make_unique<EventLoop>(
            LoopOptions{.clock = &clock, .selector = nullptr, .spin = 50us});
        loop->run_until_complete(loop->run_in_executor(&pool, [] {}));
        const auto lost = loop->run_in_executor(&pool, [] {});
        loop->close();
        lost.cancel();
        loop.reset();
    }
    pool.shutdown();
    pool.shutdown(); // twice is fine
}
