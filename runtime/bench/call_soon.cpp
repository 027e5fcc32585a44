// call_soon.cpp: what does a callback cost that is ready now?
#include "bench.hpp"
#include "workloads.hpp"

#include <aio/aio.hpp>

#include <unistd.h>

namespace bench {
namespace {

/// A callback that puts itself into the queue again, until it has run often enough.
struct Step {
    aio::EventLoop* loop;
    std::uint32_t* left;
    void operator()() const {
        if (--*left > 0) {
            loop->call_soon(*this);
        } else {
            loop->stop();
        }
    }
};

void chain(std::string_view workload, aio::EventLoop& loop) {
    std::uint32_t left = chain_callbacks;
    loop.call_soon(Step{&loop, &left});
    const std::uint64_t begin = nanoseconds();
    loop.run_forever();
    report_each(workload, nanoseconds() - begin, chain_callbacks);
}

std::uint64_t sum = 0;

void burst(std::string_view workload, aio::EventLoop& loop) {
    const std::uint64_t begin = nanoseconds();
    for (std::uint64_t i = 0; i < burst_callbacks; ++i) {
        loop.call_soon([a = i, b = i + 1, c = i + 2] { sum += a + b + c; });
    }
    loop.call_soon([&loop] { loop.stop(); });
    loop.run_forever();
    report_each(workload, nanoseconds() - begin, burst_callbacks);
}

} // namespace

void call_soon_chain() {
    aio::EventLoop loop;
    chain("call_soon_chain", loop);
}

void call_soon_chain_io() { // the same beside a pipe in which nothing comes, and a far timer
    aio::EventLoop loop;
    int ends[2];
    if (::pipe(ends) != 0) {
        std::abort();
    }
    loop.add_reader(ends[0], [] {});
    loop.call_later(std::chrono::hours(1), [] {});
    chain("call_soon_chain_io", loop);
}

void call_soon_burst() {
    aio::EventLoop loop;
    const std::uint64_t before = memory_bytes();
    burst("call_soon_burst_cold", loop);
    report_bytes("call_soon_burst_bytes", before, burst_callbacks);
    burst("call_soon_burst", loop);
    keep(sum);
}

} // namespace bench
