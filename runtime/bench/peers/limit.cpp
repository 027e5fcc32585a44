// limit.cpp: the least work that has the same effect. No loop can be quicker on this machine.
//
// Nothing here has errors, cancellation or an end: the distance between a loop and this column is
// the price of all that, and of what could still be improved. Functions that a loop would reach
// through a pointer are kept out of line, or the compiler would leave out the call.
#include "limit.hpp"
#include "../bench.hpp"

#include <memory>

#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace {

using namespace bench;

/// A ready queue that never grows: a ring of functions and what they get.
class Ring {
public:
    struct Item {
        void (*run)(void*);
        void* argument;
    };
    void push(Item item) { items_[tail_++ % size] = item; }
    bool empty() const { return head_ == tail_; }
    Item pop() { return items_[head_++ % size]; }

private:
    static constexpr std::uint32_t size = 1024; // a power of two, so that % is a mask
    Item items_[size];
    std::uint32_t head_ = 0;
    std::uint32_t tail_ = 0;
};

struct Chain {
    Ring ring;
    std::uint32_t left;
};

[[gnu::noinline]] void step(void* argument) {
    auto* chain = static_cast<Chain*>(argument);
    if (--chain->left > 0) {
        chain->ring.push({step, chain});
    }
}

void call_soon_chain() { // more than elsewhere, as 5 million take a hundredth of a second
    constexpr std::uint32_t count = 10 * chain_callbacks;
    Chain chain{{}, count};
    chain.ring.push({step, &chain});
    const std::uint64_t begin = nanoseconds();
    while (!chain.ring.empty()) {
        const Ring::Item item = chain.ring.pop();
        item.run(item.argument);
    }
    report_each("call_soon_chain", nanoseconds() - begin, count);
}

void call_soon_chain_io() { // with a look at the kernel after every 64 callbacks
    constexpr std::uint32_t count = 4 * chain_callbacks;
    const int epoll = ::epoll_create1(0);
    epoll_event idle{};
    idle.events = EPOLLIN;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, ::eventfd(0, 0), &idle);
    epoll_event news[16];
    Chain chain{{}, count};
    chain.ring.push({step, &chain});
    std::uint32_t done = 0;
    const std::uint64_t begin = nanoseconds();
    while (!chain.ring.empty()) {
        const Ring::Item item = chain.ring.pop();
        item.run(item.argument);
        if (++done % 64 == 0) {
            ::epoll_wait(epoll, news, std::size(news), 0);
        }
    }
    report_each("call_soon_chain_io", nanoseconds() - begin, count);
}

std::uint64_t sum = 0;

/// A callback with 24 bytes to work on: a function and its captures, 32 bytes in all.
struct Callback {
    void (*run)(const Callback&);
    std::uint64_t a, b, c;
};

[[gnu::noinline]] void add_up(const Callback& self) { sum += self.a + self.b + self.c; }

void burst(std::string_view workload, Callback* queue, std::uint64_t begin) {
    for (std::uint64_t i = 0; i < burst_callbacks; ++i) {
        queue[i] = {add_up, i, i + 1, i + 2};
    }
    for (std::uint64_t i = 0; i < burst_callbacks; ++i) {
        queue[i].run(queue[i]);
    }
    report_each(workload, nanoseconds() - begin, burst_callbacks);
}

void call_soon_burst() { // the second burst finds the memory of the first
    const std::uint64_t before = memory_bytes();
    const std::uint64_t begin = nanoseconds();
    const auto queue = std::make_unique_for_overwrite<Callback[]>(burst_callbacks);
    burst("call_soon_burst_cold", queue.get(), begin);
    report_bytes("call_soon_burst_bytes", before, burst_callbacks);
    burst("call_soon_burst", queue.get(), nanoseconds());
    keep(sum);
}

struct Key {
    std::uint64_t when_us;
    std::uint32_t sequence; ///< ties fire by age
    std::uint32_t id;
};

/// Sorts by eight bits. Keys that are equal in them stay in their order, so sorting by the low bits
/// and then by the high ones sorts by all.
void sort_by_digit(const std::vector<Key>& from, std::vector<Key>& to, int shift) {
    const auto digit = [shift](const Key& key) { return (key.when_us >> shift) & 255; };
    std::uint32_t place[257] = {};
    for (const Key& key : from) {
        ++place[digit(key) + 1];
    }
    for (int i = 0; i < 256; ++i) {
        place[i + 1] += place[i];
    }
    for (const Key& key : from) {
        to[place[digit(key)]++] = key;
    }
}

void timers_fire() { // deadlines below 50 ms have 16 bits of microseconds: two passes
    const auto deadlines = deadlines_us(timers, 50'000);
    const std::uint64_t begin_processor = processor_nanoseconds();
    std::vector<Key> keys(timers);
    std::vector<Key> others(timers);
    for (std::uint32_t i = 0; i < timers; ++i) {
        keys[i] = {deadlines[i], i, i};
    }
    sort_by_digit(keys, others, 0);
    sort_by_digit(others, keys, 8);
    for (const Key& key : keys) {
        sum += key.id;
    }
    report_each("timers_fire_cpu", processor_nanoseconds() - begin_processor, timers);
    report_each("timers_fire", 50'000'000, timers); // by definition: the last is due after 50 ms
    keep(sum);
}

void timers_cancel() { // appended in any order, and struck out: nobody needs to sort these
    struct Timer {
        std::uint64_t when_us;
        void (*run)(const Callback&);
        void* argument;
        std::uint32_t sequence;
        bool live;
    };
    const auto order = permutation(timers);
    const std::uint64_t begin = nanoseconds();
    std::vector<Timer> all;
    all.reserve(timers);
    for (std::uint32_t i = 0; i < timers; ++i) {
        all.push_back({60'000'000 + i, add_up, nullptr, i, true});
    }
    for (const std::uint32_t i : order) {
        all[i].live = false;
        all[i].run = nullptr;
    }
    report_each("timers_cancel", nanoseconds() - begin, timers);
    keep(all[5].live);
}

void timers_churn() { // the new deadline overwrites the old one; nothing is in order
    Random random;
    std::vector<Key> keys(live_timers);
    const std::uint64_t begin = nanoseconds();
    for (std::uint32_t i = 0; i < churn_moves; ++i) {
        Key& key = keys[random.below(live_timers)];
        key.when_us = 1'000'000 + random.below(60'000'000);
        key.sequence = i;
    }
    report_each("timers_churn", nanoseconds() - begin, churn_moves);
    keep(keys[7].when_us);
}

} // namespace

int main(int argc, char** argv) {
    static constexpr Workload workloads[] = {
        {"call_soon_chain", call_soon_chain}, {"call_soon_chain_io", call_soon_chain_io},
        {"call_soon_burst", call_soon_burst}, {"timers_fire", timers_fire},
        {"timers_cancel", timers_cancel},     {"timers_churn", timers_churn},
        {"coro_yield", coro_yield},           {"spawn_join", spawn_join},
        {"nested_await", nested_await},       {"post_threadsafe", post_threadsafe},
        {"loop_pingpong", loop_pingpong},     {"executor_roundtrip", executor_roundtrip},
        {"executor_batch", executor_batch},
    };
    return run({argv, static_cast<std::size_t>(argc)}, workloads);
}
