// limit_threads.cpp: two threads without a loop: what it costs that a line of memory changes cores.
//
// Both threads look all the time, so that nobody is ever woken. On a machine with one core that
// would be the slowest way of all.
#include "limit.hpp"
#include "../bench.hpp"

#include <atomic>
#include <thread>

namespace bench {
namespace {

constexpr std::size_t cache_line_bytes = 64;

/// A number that one thread counts up and the other waits for; alone on its cache line.
struct alignas(cache_line_bytes) Counter {
    std::atomic<std::uint32_t> value{0};

    void set(std::uint32_t to) { value.store(to, std::memory_order_release); }
    void spin_until(std::uint32_t is) const {
        while (value.load(std::memory_order_acquire) != is) {
        }
    }
};

void there_and_back(std::string_view workload) {
    constexpr std::uint32_t count = 50 * round_trips;
    Counter question;
    Counter answer;
    const std::uint64_t begin = nanoseconds();
    std::thread other([&] {
        for (std::uint32_t i = 1; i <= count; ++i) {
            question.spin_until(i);
            answer.set(i);
        }
    });
    for (std::uint32_t i = 1; i <= count; ++i) {
        question.set(i);
        answer.spin_until(i);
    }
    report_each(workload, nanoseconds() - begin, count);
    other.join();
}

/// Functions and what they get, from one thread to another. The writer owns `tail`, the reader
/// `head`, so neither waits for the other unless the ring is full, or empty.
struct Ring {
    struct Item {
        void (*run)(void*);
        void* argument;
    };
    static constexpr std::uint64_t size = 4096;
    Item items[size];
    alignas(cache_line_bytes) std::atomic<std::uint64_t> tail{0};
    alignas(cache_line_bytes) std::atomic<std::uint64_t> head{0};
} ring;

void count_one(void* counter) { ++*static_cast<std::uint64_t*>(counter); }

void post_all(std::uint64_t* counter) {
    std::uint64_t head = 0; // as it was when last looked at: a look costs a cache line
    for (std::uint64_t i = 0; i < posts; ++i) {
        while (i - head >= Ring::size) {
            head = ring.head.load(std::memory_order_acquire);
        }
        ring.items[i % Ring::size] = {count_one, counter};
        ring.tail.store(i + 1, std::memory_order_release);
    }
}

struct Job {
    int (*run)(int);
    int argument;
    int result;
};
Job jobs[batch];

} // namespace

void post_threadsafe() {
    std::uint64_t done = 0;
    const std::uint64_t begin = nanoseconds();
    std::thread poster([&] { post_all(&done); });
    std::uint64_t head = 0;
    while (head < posts) {
        const std::uint64_t tail = ring.tail.load(std::memory_order_acquire);
        for (; head < tail; ++head) {
            const Ring::Item& item = ring.items[head % Ring::size];
            item.run(item.argument);
        }
        ring.head.store(head, std::memory_order_release);
    }
    report_each("post_threadsafe", nanoseconds() - begin, posts);
    poster.join();
    keep(done);
}

void loop_pingpong() { there_and_back("loop_pingpong"); }

void executor_roundtrip() { there_and_back("executor_roundtrip"); }

void executor_batch() { // all jobs handed over at once, and all results back
    constexpr std::uint32_t rounds = batched_jobs / batch;
    std::atomic<std::uint32_t> submitted{0};
    std::atomic<std::uint32_t> completed{0};
    std::uint64_t sum = 0;
    const std::uint64_t begin = nanoseconds();
    std::thread worker([&] {
        for (std::uint32_t round = 0; round < rounds; ++round) {
            submitted.wait(round);
            for (Job& job : jobs) {
                job.result = job.run(job.argument);
            }
            completed.store(round + 1);
            completed.notify_one();
        }
    });
    for (std::uint32_t round = 0; round < rounds; ++round) {
        for (int i = 0; Job & job : jobs) {
            job = {[](int x) { return x + 1; }, i++, 0};
        }
        submitted.store(round + 1);
        submitted.notify_one();
        completed.wait(round);
        for (const Job& job : jobs) {
            sum += static_cast<std::uint64_t>(job.result);
        }
    }
    report_each("executor_batch", nanoseconds() - begin, batched_jobs);
    worker.join();
    keep(sum);
}

} // namespace bench
