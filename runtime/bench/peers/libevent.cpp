// libevent.cpp: libevent's column. The oldest of these loops: events, and buffers that send and
// receive by themselves.
//
// Its call_soon is event_active. A chain of active events never lets the loop look at its
// descriptors: in these rows it does less than the others.
#include "tcp.hpp"
#include "../bench.hpp"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <event2/listener.h>

#include <memory>

namespace {

using namespace bench;

/// One thread, so no locks; and timers exact to the clock, not to its last tick.
event_base* make_base() {
    event_config* config = event_config_new();
    event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK | EVENT_BASE_FLAG_PRECISE_TIMER);
    event_base* base = event_base_new_with_config(config);
    event_config_free(config);
    return base;
}

event_base* base() {
    static event_base* const only = make_base();
    return only;
}

std::uint32_t left = 0; // of what is counted down
std::uint64_t sum = 0;

void chain(std::string_view workload) {
    static event step;
    event_assign(
        &step, base(), -1, 0,
        [](int, short, void*) {
            if (--left > 0) {
                event_active(&step, EV_TIMEOUT, 0);
            }
        },
        nullptr);
    left = chain_callbacks;
    event_active(&step, EV_TIMEOUT, 0);
    const std::uint64_t begin = nanoseconds();
    while (left > 0) {
        event_base_loop(base(), EVLOOP_NONBLOCK);
    }
    report_each(workload, nanoseconds() - begin, chain_callbacks);
}

void call_soon_chain() { chain("call_soon_chain"); }

void call_soon_chain_io() { // the same beside a pipe in which nothing comes, and a far timer
    int ends[2];
    if (::pipe(ends) != 0) {
        std::abort();
    }
    const auto nothing = [](int, short, void*) {};
    event_add(event_new(base(), ends[0], EV_READ | EV_PERSIST, nothing, nullptr), nullptr);
    const timeval hour{3600, 0};
    event_add(event_new(base(), -1, 0, nothing, nullptr), &hour);
    chain("call_soon_chain_io");
}

/// A callback with 24 bytes to work on, and its event.
struct Callback {
    event when;
    std::uint64_t a, b, c;
};

void burst(std::string_view workload) {
    const std::uint64_t begin = nanoseconds();
    for (std::uint64_t i = 0; i < burst_callbacks; ++i) {
        auto* callback = new Callback{{}, i, i + 1, i + 2};
        event_assign(
            &callback->when, base(), -1, 0,
            [](int, short, void* p) {
                const auto* self = static_cast<Callback*>(p);
                sum += self->a + self->b + self->c;
                delete self;
            },
            callback);
        event_active(&callback->when, EV_TIMEOUT, 0);
    }
    event_base_loop(base(), EVLOOP_NONBLOCK);
    report_each(workload, nanoseconds() - begin, burst_callbacks);
}

void call_soon_burst() {
    base();
    const std::uint64_t before = memory_bytes();
    burst("call_soon_burst_cold");
    report_bytes("call_soon_burst_bytes", before, burst_callbacks);
    burst("call_soon_burst");
    keep(sum);
}

void count_down(int, short, void*) { --left; }

/// Returns: timers not yet begun. libevent's users own them; nothing is written before they are
/// set.
std::unique_ptr<event[]> make_timers(std::uint32_t count) {
    return std::make_unique_for_overwrite<event[]>(count);
}

timeval after_us(std::uint32_t us) { return {us / 1'000'000, us % 1'000'000}; }

void start(event& timer, timeval delay) {
    evtimer_assign(&timer, base(), count_down, nullptr);
    evtimer_add(&timer, &delay);
}

void timers_fire() {
    const auto deadlines = deadlines_us(timers, 50'000);
    base();
    left = timers;
    const std::uint64_t begin = nanoseconds();
    const std::uint64_t begin_processor = processor_nanoseconds();
    const auto events = make_timers(timers);
    for (std::uint32_t i = 0; i < timers; ++i) {
        start(events[i], after_us(deadlines[i]));
    }
    event_base_dispatch(base()); // until nothing is left to wait for
    if (left != 0) {
        std::abort();
    }
    report_each("timers_fire", nanoseconds() - begin, timers);
    report_each("timers_fire_cpu", processor_nanoseconds() - begin_processor, timers);
}

void timers_cancel() {
    const auto order = permutation(timers);
    base();
    const std::uint64_t begin = nanoseconds();
    const auto events = make_timers(timers);
    for (std::uint32_t i = 0; i < timers; ++i) {
        start(events[i], after_us(60'000'000));
    }
    for (const std::uint32_t i : order) {
        evtimer_del(&events[i]);
    }
    report_each("timers_cancel", nanoseconds() - begin, timers);
}

void timers_churn() { // to add an event that waits is to move it
    Random random;
    const auto far = [&] { return after_us(1'000'000 + random.below(60'000'000)); };
    const auto events = make_timers(live_timers);
    for (std::uint32_t i = 0; i < live_timers; ++i) {
        start(events[i], far());
    }
    const std::uint64_t begin = nanoseconds();
    for (std::uint32_t i = 0; i < churn_moves; ++i) {
        const timeval delay = far();
        evtimer_add(&events[random.below(live_timers)], &delay);
        if (i % 64 == 0) {
            event_base_loop(base(), EVLOOP_NONBLOCK);
        }
    }
    report_each("timers_churn", nanoseconds() - begin, churn_moves);
}

void on_connection(evconnlistener*, evutil_socket_t fd, sockaddr*, int, void*) {
    send_at_once(fd);
    bufferevent* client = bufferevent_socket_new(base(), fd, BEV_OPT_CLOSE_ON_FREE);
    bufferevent_setcb(
        client,
        [](bufferevent* b, void*) { // moves the bytes from one buffer to the other: no copy
            bufferevent_write_buffer(b, bufferevent_get_input(b));
        },
        nullptr, [](bufferevent* b, short, void*) { bufferevent_free(b); }, nullptr);
    bufferevent_enable(client, EV_READ | EV_WRITE);
}

void echo(std::uint16_t port) {
    sockaddr_in address = loopback(port);
    evconnlistener_new_bind(base(), on_connection, nullptr,
                            LEV_OPT_REUSEABLE | LEV_OPT_CLOSE_ON_FREE, 1024,
                            reinterpret_cast<sockaddr*>(&address), sizeof address);
    event_base_dispatch(base());
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
