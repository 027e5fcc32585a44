// threads.cpp: what does it cost to cross to another thread?
#include "bench.hpp"
#include "workloads.hpp"

#include <aio/aio.hpp>

#include <functional>
#include <thread>

namespace bench {
namespace {

std::uint64_t calls = 0;

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

void loop_pingpong() { // there and back between two loops in two threads
    aio::EventLoop here;
    aio::EventLoop there;
    std::uint32_t left = round_trips;
    std::function<void()> ping;
    const auto pong = [&] { here.call_soon_threadsafe([&] { ping(); }); };
    ping = [&] {
        if (left-- > 0) {
            there.call_soon_threadsafe(pong);
        } else {
            there.call_soon_threadsafe([&] { there.stop(); });
            here.stop();
        }
    };
    const std::uint64_t begin = nanoseconds();
    std::thread other([&] { there.run_forever(); });
    here.call_soon([&] { ping(); });
    here.run_forever();
    report_each("loop_pingpong", nanoseconds() - begin, round_trips);
    other.join();
}

void executor_roundtrip() { // a trivial function on one worker, awaited one by one
    aio::EventLoop loop;
    aio::ThreadPool pool(1);
    const std::uint64_t begin = nanoseconds();
    loop.run_until_complete(one_by_one(&pool));
    report_each("executor_roundtrip", nanoseconds() - begin, round_trips);
    keep(calls);
}

void executor_batch() {
    aio::EventLoop loop;
    aio::ThreadPool pool(1);
    const std::uint64_t begin = nanoseconds();
    loop.run_until_complete(in_batches(&pool));
    report_each("executor_batch", nanoseconds() - begin, batched_jobs);
    keep(calls);
}

} // namespace bench
