// timers.cpp: what does a deadline cost, kept, cancelled or moved?
#include "bench.hpp"
#include "workloads.hpp"

#include <aio/aio.hpp>

using namespace std::chrono_literals;

namespace bench {

void timers_fire() { // a million within 50 ms, until all have fired
    const auto deadlines = deadlines_us(timers, 50'000);
    const std::uint64_t begin = nanoseconds();
    const std::uint64_t begin_processor = processor_nanoseconds();
    aio::EventLoop loop;
    std::uint32_t left = timers;
    for (const std::uint32_t deadline : deadlines) {
        loop.call_later(std::chrono::microseconds(deadline), [&left, &loop] {
            if (--left == 0) {
                loop.stop();
            }
        });
    }
    loop.run_forever();
    report_each("timers_fire", nanoseconds() - begin, timers);
    report_each("timers_fire_cpu", processor_nanoseconds() - begin_processor, timers);
}

void timers_cancel() { // a million a minute away, all cancelled in random order
    const auto order = permutation(timers);
    aio::EventLoop loop;
    const std::uint64_t begin = nanoseconds();
    std::vector<aio::TimerHandle> handles(timers);
    std::uint64_t fired = 0;
    for (std::uint32_t i = 0; i < timers; ++i) {
        handles[i] = loop.call_later(60s, [&fired] { ++fired; });
    }
    for (const std::uint32_t i : order) {
        handles[i].cancel();
    }
    report_each("timers_cancel", nanoseconds() - begin, timers);
}

void timers_churn() { // 10,000 that live; each operation gives a random one another deadline
    aio::EventLoop loop;
    Random random;
    std::uint64_t fired = 0;
    const auto set = [&] {
        return loop.call_later(1s + std::chrono::microseconds(random.below(60'000'000)),
                               [&fired] { ++fired; });
    };
    std::vector<aio::TimerHandle> handles(live_timers);
    for (aio::TimerHandle& handle : handles) {
        handle = set();
    }
    const std::uint64_t begin = nanoseconds();
    for (std::uint32_t i = 0; i < churn_moves; ++i) {
        aio::TimerHandle& handle = handles[random.below(live_timers)];
        handle.cancel();
        handle = set();
        if (i % 64 == 0) {
            loop.run_once(aio::time_point()); // one turn that waits for nothing
        }
    }
    report_each("timers_churn", nanoseconds() - begin, churn_moves);
}

} // namespace bench
