// threads.cpp: what does it cost to cross to another thread?
#include "bench.hpp"
#include "workloads.hpp"

#include <aio/aio.hpp>

#include <functional>
#include <thread>

namespace bench {
namespace {

std::uint64_t calls = 0;

/// As long as a sleep and its end cost on a virtual machine.
constexpr aio::duration awake = std::chrono::microseconds(50);

std::unique_ptr<aio::EventLoop> loop_that_spins(aio::duration spin) {
    return std::make_unique<aio::EventLoop>(
        aio::LoopOptions{.clock = nullptr, .selector = nullptr, .spin = spin});
}

aio::Coro<> one_by_one(aio::ThreadPool* pool) {
    aio::EventLoop& loop = aio::get_running_loop();
    for (std::uint32_t i = 0; i < round_trips; ++i) {
        co_await loop.run_in_executor(pool, [] { ++calls; });
    }
}

aio::Coro<> in_batches(aio::ThreadPool* pool) {
    aio::EventLoop& loop = aio::get_running_loop();
    std::vector<aio::Future<void>> jobs(batch);
    for (std::uint32_t done = 0; done < batched_jobs; done += batch) {
        for (aio::Future<void>& job : jobs) {
            job = loop.run_in_executor(pool, [] { ++calls; });
        }
        for (const aio::Future<void>& job : jobs) {
            co_await job;
        }
    }
}

} // namespace

void post_threadsafe() { // one thread posts to a loop in another
    aio::EventLoop loop;
    std::uint32_t left = posts;
    const std::uint64_t begin = nanoseconds();
    std::thread poster([&] {
        for (std::uint32_t i = 0; i < posts; ++i) {
            loop.call_soon_threadsafe([&] {
                if (--left == 0) {
                    loop.stop();
                }
            });
        }
    });
    loop.run_forever();
    report_each("post_threadsafe", nanoseconds() - begin, posts);
    poster.join();
}

namespace {

void ping_pong(const char* name, aio::duration spin) { // between two loops in two threads
    const auto here = loop_that_spins(spin);
    const auto there = loop_that_spins(spin);
    std::uint32_t left = round_trips;
    std::function<void()> ping;
    const auto pong = [&] { here->call_soon_threadsafe([&] { ping(); }); };
    ping = [&] {
        if (left-- > 0) {
            there->call_soon_threadsafe(pong);
        } else {
            there->call_soon_threadsafe([&] { there->stop(); });
            here->stop();
        }
    };
    const std::uint64_t begin = nanoseconds();
    std::thread other([&] { there->run_forever(); });
    here->call_soon([&] { ping(); });
    here->run_forever();
    report_each(name, nanoseconds() - begin, round_trips);
    other.join();
}

void jobs(const char* name, aio::duration spin, aio::Coro<> (*program)(aio::ThreadPool*),
          std::uint32_t count) { // a trivial function on one worker
    const auto loop = loop_that_spins(spin);
    aio::ThreadPool pool(1);
    const std::uint64_t begin = nanoseconds();
    loop->run_until_complete(program(&pool));
    report_each(name, nanoseconds() - begin, count);
    keep(calls);
}

} // namespace

void loop_pingpong() { ping_pong("loop_pingpong", awake); }
void loop_pingpong_asleep() { ping_pong("loop_pingpong_asleep", aio::duration::zero()); }

void executor_roundtrip() { jobs("executor_roundtrip", awake, one_by_one, round_trips); }
void executor_roundtrip_asleep() {
    jobs("executor_roundtrip_asleep", aio::duration::zero(), one_by_one, round_trips);
}

void executor_batch() { jobs("executor_batch", awake, in_batches, batched_jobs); }
void executor_batch_asleep() {
    jobs("executor_batch_asleep", aio::duration::zero(), in_batches, batched_jobs);
}

} // namespace bench
