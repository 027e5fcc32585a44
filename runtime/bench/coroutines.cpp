// coroutines.cpp: what does it cost to wait, to begin, to call?
#include "bench.hpp"
#include "workloads.hpp"

#include <aio/aio.hpp>

namespace bench {
namespace {

aio::Coro<> yield_often(std::uint32_t count) {
    while (count-- > 0) {
        co_await aio::yield();
    }
}

aio::Coro<> sleep_often(std::uint32_t count) {
    while (count-- > 0) {
        co_await aio::sleep(aio::duration::zero());
    }
}

aio::Coro<std::uint64_t> trivial(std::uint64_t i) { co_return i; }

aio::Coro<std::uint64_t> start_and_await_all() {
    std::vector<aio::Task<std::uint64_t>> started;
    started.reserve(tasks);
    for (std::uint64_t i = 0; i < tasks; ++i) {
        started.push_back(aio::create_task(trivial(i)));
    }
    std::uint64_t sum = 0;
    for (const auto& task : started) {
        sum += co_await task;
    }
    co_return sum;
}

aio::Coro<int> leaf(int x) { co_return x + 1; }

aio::Coro<int> call_often(std::uint32_t count) {
    int x = 0;
    while (count-- > 0) {
        x = co_await leaf(x);
    }
    co_return x;
}

} // namespace

void coro_yield() {
    aio::EventLoop loop;
    const std::uint64_t begin = nanoseconds();
    loop.run_until_complete(yield_often(yields));
    report_each("coro_yield", nanoseconds() - begin, yields);
    const std::uint64_t begin_sleeping = nanoseconds();
    loop.run_until_complete(sleep_often(yields));
    report_each("coro_yield_by_sleep", nanoseconds() - begin_sleeping, yields);
}

void spawn_join() {
    aio::EventLoop loop;
    const std::uint64_t before = memory_bytes();
    for (const char* workload : {"spawn_join_cold", "spawn_join"}) {
        const std::uint64_t begin = nanoseconds();
        keep(loop.run_until_complete(start_and_await_all()));
        report_each(workload, nanoseconds() - begin, tasks);
        if (std::string_view(workload) == "spawn_join_cold") {
            report_bytes("spawn_join_bytes", before, tasks);
        }
    }
}

void nested_await() {
    aio::EventLoop loop;
    const std::uint64_t begin = nanoseconds();
    keep(loop.run_until_complete(call_often(awaits)));
    report_each("nested_await", nanoseconds() - begin, awaits);
}

} // namespace bench
