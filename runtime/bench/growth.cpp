// growth.cpp: how a cost grows. One operation beside 100 others of its kind, beside 10 million.
//
//     aio-growth list      the curves that it has
//     aio-growth CURVE     prints lines "curve n value unit": what one of n costs
//
// Each point has a loop of its own, and is done once before it is measured: memory is there, and
// tables have their size. Cheap ones are repeated until the clock can tell them apart.
#include "bench.hpp"

#include <aio/aio.hpp>

#include <fstream>
#include <string>

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

using namespace std::chrono_literals;

namespace bench {
namespace {

constexpr std::uint64_t enough_ns = 20'000'000;

/// Does `body`, which returns the nanoseconds that count, once in vain and then until that is
/// enough. Returns: their mean.
template <class Body> double mean_ns(Body body) {
    body();
    std::uint64_t total_ns = 0;
    std::uint64_t times = 0;
    while (total_ns < enough_ns) {
        total_ns += body();
        ++times;
    }
    return static_cast<double>(total_ns) / static_cast<double>(times);
}

std::uint64_t since(std::uint64_t begin) { return nanoseconds() - begin; }

/// Returns: memory that nobody needs, in bytes; "much" where the system does not tell.
std::uint64_t free_memory_bytes() {
    std::ifstream file("/proc/meminfo");
    std::string word;
    std::uint64_t kib = 0;
    while (file >> word) {
        if (word == "MemAvailable:" && file >> kib) {
            return kib * 1024;
        }
    }
    return ~std::uint64_t{0};
}

void point(std::string_view curve, std::uint32_t n, double value) {
    std::printf("%.*s %u %.3f ns\n", static_cast<int>(curve.size()), curve.data(), n, value);
    std::fflush(stdout);
}

void left_out(std::string_view curve, std::uint32_t n, const char* why) {
    std::fprintf(stderr, "%.*s: n = %u is left out: %s\n", static_cast<int>(curve.size()),
                 curve.data(), n, why);
}

/// Measures `cost(n)`, the nanoseconds for each of n, decade after decade, while there is memory:
/// ten times as many are taken to need ten times what the last point did.
void decades(std::string_view curve, double (*cost)(std::uint32_t n)) {
    constexpr std::uint32_t most = 10'000'000;
    std::uint64_t expected_bytes = 0;
    for (std::uint32_t n = 100; n <= most; n *= 10) {
        if (expected_bytes > free_memory_bytes() / 10 * 8) {
            left_out(curve, n, "it would need more memory than is free");
            continue;
        }
        const std::uint64_t before = memory_bytes();
        point(curve, n, cost(n));
        expected_bytes = 10 * (peak_memory_bytes() - std::min(before, peak_memory_bytes()));
    }
}

/// n callbacks into the ready queue, and run.
double callback_cost(std::uint32_t n) {
    aio::EventLoop loop;
    std::uint64_t sum = 0;
    return mean_ns([&] {
               const std::uint64_t begin = nanoseconds();
               for (std::uint64_t i = 0; i < n; ++i) {
                   loop.call_soon([&sum, i] { sum += i; });
               }
               loop.call_soon([&loop] { loop.stop(); });
               loop.run_forever();
               return since(begin);
           }) /
           n;
}

/// n timers within a millisecond, added and fired. The loop is not told before all are due: its
/// sleep between two of them is no cost, and would be most of the time when there are few.
double timer_fire_cost(std::uint32_t n) {
    aio::EventLoop loop;
    Random random;
    return mean_ns([&] {
               std::uint32_t left = n;
               std::uint64_t begin = nanoseconds();
               for (std::uint32_t i = 0; i < n; ++i) {
                   loop.call_later(aio::duration(random.below(1'000'000)), [&left, &loop] {
                       if (--left == 0) {
                           loop.stop();
                       }
                   });
               }
               const std::uint64_t added = since(begin);
               for (const auto due = loop.time() + 1ms; loop.time() < due;) {
               }
               begin = nanoseconds();
               loop.run_forever();
               return added + since(begin);
           }) /
           n;
}

/// n timers a minute away, added, and cancelled in random order.
double timer_cancel_cost(std::uint32_t n) {
    aio::EventLoop loop;
    const auto order = permutation(n);
    std::vector<aio::TimerHandle> handles(n);
    return mean_ns([&] {
               const std::uint64_t begin = nanoseconds();
               for (aio::TimerHandle& handle : handles) {
                   handle = loop.call_later(60s, [] {});
               }
               for (const std::uint32_t i : order) {
                   handles[i].cancel();
               }
               return since(begin);
           }) /
           n;
}

/// One of n timers that live gets another deadline. As often as there are timers, so that what a
/// queue puts off until many have moved is paid for within the measured time.
double timer_churn_cost(std::uint32_t n) {
    aio::EventLoop loop;
    Random random;
    const auto set = [&] {
        return loop.call_later(60s + std::chrono::microseconds(random.below(60'000'000)), [] {});
    };
    std::vector<aio::TimerHandle> handles(n);
    for (aio::TimerHandle& handle : handles) {
        handle = set();
    }
    const std::uint32_t moves = std::max(n, 10'000U);
    return mean_ns([&] {
               const std::uint64_t begin = nanoseconds();
               for (std::uint32_t i = 0; i < moves; ++i) {
                   aio::TimerHandle& handle = handles[random.below(n)];
                   handle.cancel();
                   handle = set();
                   if (i % 64 == 0) {
                       loop.run_once(aio::time_point()); // one turn that waits for nothing
                   }
               }
               return since(begin);
           }) /
           moves;
}

aio::Coro<std::uint64_t> trivial(std::uint64_t i) { co_return i; }

aio::Coro<std::uint64_t> start_and_await_all(std::uint32_t n) {
    const std::uint64_t begin = nanoseconds();
    std::vector<aio::Task<std::uint64_t>> started;
    started.reserve(n);
    for (std::uint32_t i = 0; i < n; ++i) {
        started.push_back(aio::create_task(trivial(i)));
    }
    std::uint64_t sum = 0;
    for (const auto& task : started) {
        sum += co_await task;
    }
    keep(sum);
    started.clear(); // to end them is a part of the cost
    co_return since(begin);
}

/// n tasks started, and all awaited.
double task_cost(std::uint32_t n) {
    aio::EventLoop loop;
    return mean_ns([&] { return loop.run_until_complete(start_and_await_all(n)); }) / n;
}

constexpr std::size_t message_bytes = 64;
constexpr std::uint32_t spare_descriptors = 64; // standard streams, the loop's own, one connection

/// Returns: how many descriptors a process may have, after asking for as many as the system gives.
std::uint64_t descriptor_limit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

/// A process that opens connections and then says nothing: in this one each would need a second
/// descriptor.
class SilentClients {
public:
    SilentClients(std::uint32_t count, std::uint16_t port) : child_(::fork()) {
        if (child_ == 0) {
            connect(count, port);
            ::pause();
            ::_exit(0);
        }
    }
    ~SilentClients() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }
    SilentClients(const SilentClients&) = delete;
    SilentClients& operator=(const SilentClients&) = delete;

private:
    static void connect(std::uint32_t count, std::uint16_t port) {
        ::close_range(3, ~0U, 0); // the loop's
        sockaddr_in server{};
        server.sin_family = AF_INET;
        server.sin_port = htons(port);
        server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const linger at_once{1, 0}; // or each keeps its port for a minute after its end
        for (std::uint32_t i = 0; i < count; ++i) {
            const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
            ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
            if (::connect(fd, reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0) {
                ::_exit(1);
            }
            // Now and then it waits for the greeting, or it would be so far ahead of the server
            // that the kernel drops connections, and tries each again after a second.
            char greeting = 0;
            if (i % 64 == 63 && ::read(fd, &greeting, 1) != 1) {
                ::_exit(1);
            }
        }
    }

    pid_t child_;
};

std::uint32_t open_connections = 0;

aio::Coro<> send_back(aio::StreamReader reader, aio::StreamWriter writer) {
    ++open_connections;
    try {
        writer.write("!");
        for (;;) {
            const std::string bytes = co_await reader.read(message_bytes);
            if (bytes.empty()) {
                break;
            }
            writer.write(bytes);
        }
    } catch (const std::system_error&) { // the silent clients end without a word, too
    }
    --open_connections;
}

aio::Coro<std::uint64_t> ask(aio::Connection connection, std::uint32_t times) {
    const std::string message(message_bytes, 'x');
    const std::uint64_t begin = nanoseconds();
    for (std::uint32_t i = 0; i < times; ++i) {
        connection.writer.write(message);
        co_await connection.reader.readexactly(message_bytes);
    }
    co_return since(begin);
}

aio::Coro<> until_open(std::uint32_t count) {
    while (open_connections != count) {
        co_await aio::sleep(1ms);
    }
}

/// A request and its answer on one connection, both ends on this loop, beside `idle` others.
double request_cost(std::uint32_t idle, const char* selector) {
    constexpr std::uint32_t requests = 32;
    aio::EventLoop loop({.selector = aio::make_selector(selector)});
    const aio::Server server =
        loop.run_until_complete(aio::start_server(send_back, "127.0.0.1", 0));
    double cost = 0;
    {
        const SilentClients others(idle, server.port());
        loop.run_until_complete(until_open(idle));
        const aio::Connection active =
            loop.run_until_complete(aio::open_connection("127.0.0.1", server.port()));
        loop.run_until_complete(active.reader.readexactly(1)); // the greeting
        cost = mean_ns([&] { return loop.run_until_complete(ask(active, requests)); }) / requests;
    }
    loop.run_until_complete(until_open(0));
    return cost;
}

void requests(std::string_view curve, const char* selector) {
    const std::uint64_t limit = descriptor_limit();
    for (const std::uint32_t n : {1U, 10U, 100U, 1'000U, 10'000U}) {
        if (n + spare_descriptors > limit) {
            left_out(curve, n, "a process may not have so many descriptors (ulimit -Hn)");
            const auto possible = static_cast<std::uint32_t>(limit) - spare_descriptors;
            point(curve, possible, request_cost(possible, selector));
            break;
        }
        point(curve, n, request_cost(n, selector));
    }
}

} // namespace
} // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    static constexpr Workload curves[] = {
        {"callbacks", [] { decades("callbacks", callback_cost); }},
        {"tasks", [] { decades("tasks", task_cost); }},
        {"timers_fire", [] { decades("timers_fire", timer_fire_cost); }},
        {"timers_cancel", [] { decades("timers_cancel", timer_cancel_cost); }},
        {"timers_churn", [] { decades("timers_churn", timer_churn_cost); }},
        {"requests_epoll", [] { requests("requests_epoll", "epoll"); }},
        {"requests_poll", [] { requests("requests_poll", "poll"); }}, // asks about each, each turn
    };
    return run({argv, static_cast<std::size_t>(argc)}, curves);
}
