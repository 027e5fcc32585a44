// libev.cpp: libev's column. A small loop in C: watchers that their users own, times as doubles.
//
// libev has no call_soon either. In a chain an idle watcher that stays on does the same: one call
// in each turn of the loop. (ev_feed_event would be quicker, but a chain of those never lets the
// loop look at its descriptors, and they run last in, first out.) For a burst ev_feed_event is what
// there is.
#include "tcp.hpp"
#include "../bench.hpp"

#include <ev.h>

#include <cerrno>
#include <memory>

namespace {

using namespace bench;

struct ev_loop* loop() { // the default one: the others cannot watch children
    static struct ev_loop* const only = ev_default_loop(EVBACKEND_EPOLL);
    return only;
}

std::uint32_t left = 0; // of what is counted down
std::uint64_t sum = 0;

void chain(std::string_view workload) {
    ev_idle idle;
    ev_idle_init(&idle, [](struct ev_loop* l, ev_idle*, int) {
        if (--left == 0) {
            ev_break(l, EVBREAK_ALL);
        }
    });
    ev_idle_start(loop(), &idle);
    left = chain_callbacks;
    const std::uint64_t begin = nanoseconds();
    ev_run(loop(), 0);
    report_each(workload, nanoseconds() - begin, chain_callbacks);
}

void call_soon_chain() { chain("call_soon_chain"); }

void call_soon_chain_io() { // the same beside a pipe in which nothing comes, and a far timer
    int ends[2];
    if (::pipe(ends) != 0) {
        std::abort();
    }
    ev_io reader;
    ev_io_init(&reader, [](struct ev_loop*, ev_io*, int) {}, ends[0], EV_READ);
    ev_io_start(loop(), &reader);
    ev_timer timer;
    ev_timer_init(&timer, [](struct ev_loop*, ev_timer*, int) {}, 3600.0, 0.0);
    ev_timer_start(loop(), &timer);
    chain("call_soon_chain_io");
}

/// A callback with 24 bytes to work on: libev's users put theirs behind a watcher. Which kind of
/// watcher does not matter to ev_feed_event.
struct Callback {
    ev_prepare watcher;
    std::uint64_t a, b, c;
};

void burst(std::string_view workload) {
    const std::uint64_t begin = nanoseconds();
    for (std::uint64_t i = 0; i < burst_callbacks; ++i) {
        auto* callback = new Callback{{}, i, i + 1, i + 2};
        ev_prepare_init(&callback->watcher, [](struct ev_loop*, ev_prepare* watcher, int) {
            const auto* self = reinterpret_cast<Callback*>(watcher);
            sum += self->a + self->b + self->c;
            delete self;
        });
        ev_feed_event(loop(), &callback->watcher, EV_CUSTOM);
    }
    ev_run(loop(), EVRUN_NOWAIT);
    report_each(workload, nanoseconds() - begin, burst_callbacks);
}

void call_soon_burst() {
    loop();
    const std::uint64_t before = memory_bytes();
    burst("call_soon_burst_cold");
    report_bytes("call_soon_burst_bytes", before, burst_callbacks);
    burst("call_soon_burst");
    keep(sum);
}

void count_down(struct ev_loop*, ev_timer*, int) { --left; }

/// Returns: timers not yet begun. libev's users own them; nothing is written before they are set.
std::unique_ptr<ev_timer[]> make_timers(std::uint32_t count) {
    return std::make_unique_for_overwrite<ev_timer[]>(count);
}

void start(ev_timer& timer, double seconds) {
    ev_timer_init(&timer, count_down, seconds, 0.0);
    ev_timer_start(loop(), &timer);
}

void timers_fire() {
    const auto deadlines = deadlines_us(timers, 50'000);
    loop();
    left = timers;
    const std::uint64_t begin = nanoseconds();
    const std::uint64_t begin_processor = processor_nanoseconds();
    const auto watchers = make_timers(timers);
    ev_now_update(loop()); // delays count from the time of the turn, not from now
    for (std::uint32_t i = 0; i < timers; ++i) {
        start(watchers[i], deadlines[i] * 1e-6);
    }
    ev_run(loop(), 0); // until nothing is left to wait for
    if (left != 0) {
        std::abort();
    }
    report_each("timers_fire", nanoseconds() - begin, timers);
    report_each("timers_fire_cpu", processor_nanoseconds() - begin_processor, timers);
}

void timers_cancel() {
    const auto order = permutation(timers);
    loop();
    const std::uint64_t begin = nanoseconds();
    const auto watchers = make_timers(timers);
    for (std::uint32_t i = 0; i < timers; ++i) {
        start(watchers[i], 60.0);
    }
    for (const std::uint32_t i : order) {
        ev_timer_stop(loop(), &watchers[i]);
    }
    report_each("timers_cancel", nanoseconds() - begin, timers);
}

void timers_churn() {
    Random random;
    const auto far = [&] { return 1.0 + random.below(60'000'000) * 1e-6; };
    const auto watchers = make_timers(live_timers);
    for (std::uint32_t i = 0; i < live_timers; ++i) {
        start(watchers[i], far());
    }
    const std::uint64_t begin = nanoseconds();
    for (std::uint32_t i = 0; i < churn_moves; ++i) {
        ev_timer& timer = watchers[random.below(live_timers)];
        ev_timer_stop(loop(), &timer);
        ev_timer_set(&timer, far(), 0.0);
        ev_timer_start(loop(), &timer);
        if (i % 64 == 0) {
            ev_run(loop(), EVRUN_NOWAIT);
        }
    }
    report_each("timers_churn", nanoseconds() - begin, churn_moves);
}

void on_readable(struct ev_loop* l, ev_io* client, int) {
    static char buffer[64 * 1024]; // one for all: the bytes have left when the next client is read
    const ssize_t size = ::read(client->fd, buffer, sizeof buffer);
    if (size < 0 && errno == EAGAIN) {
        return;
    }
    if (size <= 0 || ::write(client->fd, buffer, static_cast<std::size_t>(size)) != size) {
        ev_io_stop(l, client);
        ::close(client->fd);
        delete client;
    }
}

void on_connection(struct ev_loop* l, ev_io* listener, int) {
    const int fd = ::accept4(listener->fd, nullptr, nullptr, SOCK_NONBLOCK);
    if (fd < 0) {
        return;
    }
    send_at_once(fd);
    auto* client = new ev_io;
    ev_io_init(client, on_readable, fd, EV_READ);
    ev_io_start(l, client);
}

void echo(std::uint16_t port) {
    ev_io listener;
    ev_io_init(&listener, on_connection, listen_on(port), EV_READ);
    ev_io_start(loop(), &listener);
    ev_run(loop(), 0);
}

} // namespace

int main(int argc, char** argv) {
    static constexpr Workload workloads[] = {
        {"call_soon_chain", call_soon_chain}, {"call_soon_chain_io", call_soon_chain_io},
        {"call_soon_burst", call_soon_burst}, {"timers_fire", timers_fire},
        {"timers_cancel", timers_cancel},     {"timers_churn", timers_churn},
    };
    return run({argv, static_cast<std::size_t>(argc)}, workloads, echo);
}
