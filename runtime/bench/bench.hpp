// bench.hpp: what every measured program shares: sizes, clocks, and one table of workloads.
//
// One process is one sample of one workload: nothing that an earlier workload left behind, no warm
// cache and no recycled block, can flatter the next one.
//
//     PROGRAM list              the workloads that it has
//     PROGRAM WORKLOAD          prints lines "workload value unit"
//     PROGRAM echo PORT         serves 127.0.0.1:PORT until it is killed
#pragma once

#include <cstdint>
#include <cstring>
#include <cstdlib>
#include <cstdio>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/resource.h>
#include <ctime>
#include <unistd.h>

namespace bench {

// How much is done in a sample: the same in every compiled program.
constexpr std::uint32_t chain_callbacks = 5'000'000;
constexpr std::uint32_t burst_callbacks = 1'000'000;
constexpr std::uint32_t timers = 1'000'000;
constexpr std::uint32_t live_timers = 10'000;
constexpr std::uint32_t churn_moves = 1'000'000;
constexpr std::uint32_t yields = 5'000'000;
constexpr std::uint32_t tasks = 1'000'000;
constexpr std::uint32_t awaits = 10'000'000;
constexpr std::uint32_t posts = 2'000'000;
constexpr std::uint32_t round_trips = 20'000;
constexpr std::uint32_t batched_jobs = 1'000'000;
constexpr std::uint32_t batch = 1'000;

/// Returns: nanoseconds on a clock that never goes back, or of this process's processor time.
inline std::uint64_t nanoseconds(clockid_t clock = CLOCK_MONOTONIC) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U +
           static_cast<std::uint64_t>(time.tv_nsec);
}
inline std::uint64_t processor_nanoseconds() { return nanoseconds(CLOCK_PROCESS_CPUTIME_ID); }

/// Returns: bytes of memory that this process has now, or had at most.
inline std::uint64_t memory_bytes() {
    unsigned long long all = 0;
    unsigned long long resident = 0;
    if (std::FILE* file = std::fopen("/proc/self/statm", "r"); file != nullptr) {
        if (std::fscanf(file, "%llu %llu", &all, &resident) != 2) {
            resident = 0;
        }
        std::fclose(file);
    }
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}
inline std::uint64_t peak_memory_bytes() {
    rusage use{};
    ::getrusage(RUSAGE_SELF, &use);
    return static_cast<std::uint64_t>(use.ru_maxrss) * 1024;
}

inline void report(std::string_view workload, double value, const char* unit) {
    std::printf("%.*s %.3f %s\n", static_cast<int>(workload.size()), workload.data(), value, unit);
    std::fflush(stdout);
}
inline void report_each(std::string_view workload, std::uint64_t total_ns, std::uint64_t count) {
    report(workload, static_cast<double>(total_ns) / static_cast<double>(count), "ns");
}
inline void report_bytes(std::string_view workload, std::uint64_t before, std::uint64_t count) {
    report(workload, static_cast<double>(peak_memory_bytes() - before) / static_cast<double>(count),
           "B");
}

/// xorshift*: the same numbers in every program and on every run.
class Random {
public:
    std::uint64_t next() {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return state_ * 2685821657736338717U;
    }
    std::uint32_t below(std::uint32_t limit) {
        return static_cast<std::uint32_t>(((next() >> 32) * limit) >> 32);
    }

private:
    std::uint64_t state_ = 0x9E3779B97F4A7C15U;
};

/// Returns: the numbers below `count`, shuffled.
inline std::vector<std::uint32_t> permutation(std::uint32_t count) {
    std::vector<std::uint32_t> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0U);
    Random random;
    for (std::uint32_t i = count; i > 1; --i) {
        std::swap(numbers[i - 1], numbers[random.below(i)]);
    }
    return numbers;
}

/// Returns: random times below `limit_us`, in microseconds.
inline std::vector<std::uint32_t> deadlines_us(std::uint32_t count, std::uint32_t limit_us) {
    std::vector<std::uint32_t> deadlines(count);
    Random random;
    for (std::uint32_t& deadline : deadlines) {
        deadline = random.below(limit_us);
    }
    return deadlines;
}

/// Effects: the compiler cannot leave out what made `value`.
template <class T> void keep(const T& value) { asm volatile("" : : "r,m"(value) : "memory"); }

/// A workload, and what it is called.
struct Workload {
    std::string_view name;
    void (*run)();
};

/// Does what the command line asks for. Returns: the program's exit status; 3 for a workload that
/// it does not have.
inline int run(std::span<char*> arguments, std::span<const Workload> workloads,
               void (*echo)(std::uint16_t port) = nullptr) {
    const std::string_view wish = arguments.size() > 1 ? arguments[1] : "list";
    if (wish == "echo" && arguments.size() > 2 && echo != nullptr) {
        echo(static_cast<std::uint16_t>(std::atoi(arguments[2])));
        return 0;
    }
    for (const Workload& workload : workloads) {
        if (workload.name == wish) {
            workload.run();
            return 0;
        }
    }
    for (const Workload& workload : workloads) {
        std::printf("%.*s\n", static_cast<int>(workload.name.size()), workload.name.data());
    }
    std::puts(echo != nullptr ? "echo" : "");
    return wish == "list" ? 0 : 3;
}

} // namespace bench
