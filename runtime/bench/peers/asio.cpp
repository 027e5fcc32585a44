// asio.cpp: Asio's columns: with locks, and without.
//
// Built twice. PEER_ASIO_LOCKS=1 is what the documentation advises for one thread: the number of
// threads is a hint, other threads may still post. PEER_ASIO_LOCKS=0 takes every lock out; then no
// other thread may touch the loop, and the rows with two threads are missing.
#include "servers.hpp"
#include "../bench.hpp"

#include <asio.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <thread>

namespace {

using namespace bench;
using asio::awaitable;
using asio::ip::tcp;

constexpr bool locks = PEER_ASIO_LOCKS != 0;
constexpr int hint = locks ? 1 : ASIO_CONCURRENCY_HINT_UNSAFE;
constexpr int one_thread = 1;

struct Step {
    asio::io_context* loop;
    std::uint32_t* left;
    void operator()() const {
        if (--*left > 0) {
            asio::post(*loop, *this);
        } else {
            loop->stop();
        }
    }
};

void chain(std::string_view workload, asio::io_context& loop) {
    std::uint32_t left = chain_callbacks;
    asio::post(loop, Step{&loop, &left});
    const std::uint64_t begin = nanoseconds();
    loop.run();
    report_each(workload, nanoseconds() - begin, chain_callbacks);
}

void call_soon_chain() {
    asio::io_context loop(hint);
    chain("call_soon_chain", loop);
}

void call_soon_chain_io() { // the same beside a pipe in which nothing comes, and a far timer
    asio::io_context loop(hint);
    int ends[2];
    if (::pipe(ends) != 0) {
        std::abort();
    }
    char byte = 0;
    asio::posix::stream_descriptor reader(loop, ends[0]);
    reader.async_read_some(asio::buffer(&byte, 1), [](asio::error_code, std::size_t) {});
    asio::steady_timer timer(loop, std::chrono::hours(1));
    timer.async_wait([](asio::error_code) {});
    chain("call_soon_chain_io", loop);
}

std::uint64_t sum = 0;

void burst(std::string_view workload, asio::io_context& loop) {
    const std::uint64_t begin = nanoseconds();
    for (std::uint64_t i = 0; i < burst_callbacks; ++i) {
        asio::post(loop, [a = i, b = i + 1, c = i + 2] { sum += a + b + c; });
    }
    loop.run();
    loop.restart(); // run() ends when there is no work, and then refuses more
    report_each(workload, nanoseconds() - begin, burst_callbacks);
}

void call_soon_burst() {
    asio::io_context loop(hint);
    const std::uint64_t before = memory_bytes();
    burst("call_soon_burst_cold", loop);
    report_bytes("call_soon_burst_bytes", before, burst_callbacks);
    burst("call_soon_burst", loop);
    keep(sum);
}

using Timers = std::deque<asio::steady_timer>; // a timer stays where it is

void timers_fire() {
    const auto deadlines = deadlines_us(timers, 50'000);
    asio::io_context loop(hint);
    std::uint32_t fired = 0;
    const std::uint64_t begin = nanoseconds();
    const std::uint64_t begin_processor = processor_nanoseconds();
    Timers all;
    for (const std::uint32_t deadline : deadlines) {
        all.emplace_back(loop, std::chrono::microseconds(deadline));
        all.back().async_wait([&fired](asio::error_code) { ++fired; });
    }
    loop.run();
    report_each("timers_fire", nanoseconds() - begin, fired);
    report_each("timers_fire_cpu", processor_nanoseconds() - begin_processor, fired);
}

void timers_cancel() { // to the return of cancel(): the aborted handlers are not waited for
    const auto order = permutation(timers);
    asio::io_context loop(hint);
    std::uint32_t ended = 0;
    const std::uint64_t begin = nanoseconds();
    Timers all;
    for (std::uint32_t i = 0; i < timers; ++i) {
        all.emplace_back(loop, std::chrono::seconds(60));
        all.back().async_wait([&ended](asio::error_code) { ++ended; });
    }
    for (const std::uint32_t i : order) {
        all[i].cancel();
    }
    report_each("timers_cancel", nanoseconds() - begin, timers);
}

void timers_churn() { // a new deadline aborts the wait: the next one is a new operation
    Random random;
    asio::io_context loop(hint);
    const auto far = [&] {
        return std::chrono::microseconds(1'000'000 + random.below(60'000'000));
    };
    const auto ignore = [](asio::error_code) {};
    Timers all;
    for (std::uint32_t i = 0; i < live_timers; ++i) {
        all.emplace_back(loop, far());
        all.back().async_wait(ignore);
    }
    const std::uint64_t begin = nanoseconds();
    for (std::uint32_t i = 0; i < churn_moves; ++i) {
        asio::steady_timer& timer = all[random.below(live_timers)];
        timer.expires_after(far());
        timer.async_wait(ignore);
        if (i % 64 == 0) {
            loop.poll();
        }
    }
    report_each("timers_churn", nanoseconds() - begin, churn_moves);
}

awaitable<void> yield_often(std::uint32_t count) {
    const auto executor = co_await asio::this_coro::executor;
    while (count-- > 0) {
        co_await asio::post(executor, asio::use_awaitable);
    }
}

void coro_yield() {
    asio::io_context loop(hint);
    asio::co_spawn(loop, yield_often(yields), asio::detached);
    const std::uint64_t begin = nanoseconds();
    loop.run();
    report_each("coro_yield", nanoseconds() - begin, yields);
}

awaitable<void> trivial(std::uint64_t i) {
    sum += i;
    co_return;
}

void spawn_join() { // there is no join of a number known at run time: the handlers count
    asio::io_context loop(hint);
    const std::uint64_t before = memory_bytes();
    for (const char* workload : {"spawn_join_cold", "spawn_join"}) {
        const std::uint64_t begin = nanoseconds();
        std::uint32_t left = tasks;
        for (std::uint64_t i = 0; i < tasks; ++i) {
            asio::co_spawn(loop, trivial(i), [&left](const std::exception_ptr&) { --left; });
        }
        loop.run();
        loop.restart();
        if (left != 0) {
            std::abort();
        }
        report_each(workload, nanoseconds() - begin, tasks);
        if (std::string_view(workload) == "spawn_join_cold") {
            report_bytes("spawn_join_bytes", before, tasks);
        }
    }
    keep(sum);
}

awaitable<int> leaf(int x) { co_return x + 1; }

awaitable<void> call_often(std::uint32_t count) {
    int x = 0;
    while (count-- > 0) {
        x = co_await leaf(x);
    }
    keep(x);
}

void nested_await() {
    asio::io_context loop(hint);
    asio::co_spawn(loop, call_often(awaits), asio::detached);
    const std::uint64_t begin = nanoseconds();
    loop.run();
    report_each("nested_await", nanoseconds() - begin, awaits);
}

void post_threadsafe() {
    asio::io_context loop(one_thread);
    auto open = asio::make_work_guard(loop); // or run() returns before the first post
    std::uint32_t left = posts;
    const std::uint64_t begin = nanoseconds();
    std::thread poster([&] {
        for (std::uint32_t i = 0; i < posts; ++i) {
            asio::post(loop, [&] {
                if (--left == 0) {
                    open.reset();
                }
            });
        }
    });
    loop.run();
    report_each("post_threadsafe", nanoseconds() - begin, posts);
    poster.join();
}

void loop_pingpong() {
    asio::io_context here(one_thread);
    asio::io_context there(one_thread);
    auto here_open = asio::make_work_guard(here);
    auto there_open = asio::make_work_guard(there);
    std::uint32_t left = round_trips;
    std::function<void()> ping;
    const auto pong = [&] { asio::post(here, [&] { ping(); }); };
    ping = [&] {
        if (left-- > 0) {
            asio::post(there, [&] { pong(); });
        } else {
            here_open.reset();
            there_open.reset();
        }
    };
    const std::uint64_t begin = nanoseconds();
    std::thread other([&] { there.run(); });
    asio::post(here, [&] { ping(); });
    here.run();
    report_each("loop_pingpong", nanoseconds() - begin, round_trips);
    other.join();
}

std::uint64_t calls = 0;

void executor_roundtrip() {
    asio::io_context loop(one_thread);
    asio::thread_pool pool(1);
    auto open = asio::make_work_guard(loop);
    std::uint32_t left = round_trips;
    std::function<void()> submit;
    const auto done = [&] {
        if (--left > 0) {
            submit();
        } else {
            open.reset();
        }
    };
    submit = [&] {
        asio::post(pool, [&] {
            ++calls;
            asio::post(loop, [&] { done(); });
        });
    };
    const std::uint64_t begin = nanoseconds();
    submit();
    loop.run();
    report_each("executor_roundtrip", nanoseconds() - begin, round_trips);
    pool.join();
    keep(calls);
}

void executor_batch() {
    asio::io_context loop(one_thread);
    asio::thread_pool pool(1);
    auto open = asio::make_work_guard(loop);
    std::uint32_t rounds_left = batched_jobs / batch;
    std::uint32_t jobs_left = 0;
    std::function<void()> submit;
    const auto done = [&] {
        if (--jobs_left > 0) {
            return;
        }
        if (--rounds_left > 0) {
            submit();
        } else {
            open.reset();
        }
    };
    submit = [&] {
        jobs_left = batch;
        for (std::uint32_t i = 0; i < batch; ++i) {
            asio::post(pool, [&] {
                ++calls;
                asio::post(loop, [&] { done(); });
            });
        }
    };
    const std::uint64_t begin = nanoseconds();
    submit();
    loop.run();
    report_each("executor_batch", nanoseconds() - begin, batched_jobs);
    pool.join();
    keep(calls);
}

constexpr std::size_t buffer_bytes = 64 * 1024;

/// A client of the server with callbacks. Each callback that waits holds a reference.
class Client : public std::enable_shared_from_this<Client> {
public:
    explicit Client(tcp::socket socket) : socket_(std::move(socket)) {}

    void read() {
        socket_.async_read_some(
            asio::buffer(buffer_),
            [this, self = shared_from_this()](asio::error_code error, std::size_t size) {
                if (!error) {
                    write(size);
                }
            });
    }

private:
    void write(std::size_t size) {
        asio::async_write(socket_, asio::buffer(buffer_, size),
                          [this, self = shared_from_this()](asio::error_code error, std::size_t) {
                              if (!error) {
                                  read();
                              }
                          });
    }

    tcp::socket socket_;
    char buffer_[buffer_bytes];
};

void accept_next(tcp::acceptor& acceptor) {
    acceptor.async_accept([&acceptor](asio::error_code error, tcp::socket socket) {
        if (!error) {
            socket.set_option(tcp::no_delay(true));
            std::make_shared<Client>(std::move(socket))->read();
        }
        accept_next(acceptor);
    });
}

tcp::endpoint loopback(std::uint16_t port) { return {asio::ip::address_v4::loopback(), port}; }

void echo(std::uint16_t port) {
    asio::io_context loop(hint);
    tcp::acceptor acceptor(loop, loopback(port));
    accept_next(acceptor);
    loop.run();
}

awaitable<void> send_back(tcp::socket socket) {
    const auto bytes = std::make_unique_for_overwrite<char[]>(buffer_bytes);
    try {
        for (;;) {
            const std::size_t size = co_await socket.async_read_some(
                asio::buffer(bytes.get(), buffer_bytes), asio::use_awaitable);
            co_await asio::async_write(socket, asio::buffer(bytes.get(), size),
                                       asio::use_awaitable);
        }
    } catch (const std::system_error&) { // the end of the stream is an error too
    }
}

awaitable<void> serve(std::uint16_t port) {
    const auto executor = co_await asio::this_coro::executor;
    tcp::acceptor acceptor(executor, loopback(port));
    for (;;) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        socket.set_option(tcp::no_delay(true));
        asio::co_spawn(executor, send_back(std::move(socket)), asio::detached);
    }
}

void echo_coroutines(std::uint16_t port) {
    asio::io_context loop(hint);
    asio::co_spawn(loop, serve(port), asio::detached);
    loop.run();
}

} // namespace

int main(int argc, char** argv) {
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    if (served(arguments, "echo_coroutines", echo_coroutines)) {
        return 0;
    }
    static constexpr Workload workloads[] = {
        {"call_soon_chain", call_soon_chain},
        {"call_soon_chain_io", call_soon_chain_io},
        {"call_soon_burst", call_soon_burst},
        {"timers_fire", timers_fire},
        {"timers_cancel", timers_cancel},
        {"timers_churn", timers_churn},
        {"coro_yield", coro_yield},
        {"spawn_join", spawn_join},
        {"nested_await", nested_await},
        {"post_threadsafe", post_threadsafe}, // from here on with two threads
        {"loop_pingpong", loop_pingpong},
        {"executor_roundtrip", executor_roundtrip},
        {"executor_batch", executor_batch},
    };
    constexpr std::size_t alone = 9;
    return run(arguments, std::span(workloads).first(locks ? std::size(workloads) : alone), echo);
}
