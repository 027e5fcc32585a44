// glib_test.cpp: GLib's main loop drives ours: what a desktop program would do.
#include <aio/aio.hpp>
#include <aio/unique_fd.hpp>
#include <doctest/doctest.h>
#include <glib-unix.h>

#include <array>
#include <thread>
#include <unistd.h>

using namespace aio;

namespace {

/// A source of events for GLib, which allocates it: plain members only.
struct GuestSource {
    GSource base;
    EventLoop* guest;
    gpointer descriptor; ///< GLib's name for the guest's descriptor
};

EventLoop& guest_of(GSource* source) { return *reinterpret_cast<GuestSource*>(source)->guest; }

// GLib is about to wait: for how long, at most? True: not at all.
gboolean prepare(GSource* source, gint* timeout_ms) {
    EventLoop& guest = guest_of(source);
    const auto next = guest.next_turn();
    const auto left = next ? std::chrono::ceil<ms>(*next - guest.time()).count() : -1;
    *timeout_ms = next ? static_cast<gint>(std::clamp<ms::rep>(left, 0, G_MAXINT)) : -1;
    return *timeout_ms == 0;
}

// GLib has waited: is a turn due?
gboolean check(GSource* source) {
    const auto* self = reinterpret_cast<GuestSource*>(source);
    const auto next = self->guest->next_turn();
    return g_source_query_unix_fd(source, self->descriptor) != 0 ||
           (next && *next <= self->guest->time());
}

// noexcept: an exception must not pass through C. Those of callbacks stay in the guest (R15).
gboolean dispatch(GSource* source, GSourceFunc /*callback*/, gpointer /*data*/) noexcept {
    EventLoop& guest = guest_of(source);
    guest.run_once(guest.time());
    return G_SOURCE_CONTINUE;
}

GSourceFuncs functions{prepare, check, dispatch, nullptr, nullptr, nullptr};

GSource* attach(EventLoop& guest, GMainContext* context) {
    GSource* source = g_source_new(&functions, sizeof(GuestSource));
    auto* self = reinterpret_cast<GuestSource*>(source);
    self->guest = &guest;
    self->descriptor = g_source_add_unix_fd(source, guest.descriptor(), G_IO_IN);
    g_source_attach(source, context);
    return source;
}

struct Program {
    GMainContext* context = g_main_context_new();
    GMainLoop* host = g_main_loop_new(context, FALSE);
    RealClock clock;
    EventLoop guest{{.clock = &clock, .selector = nullptr}};
    std::vector<std::string> log;
    std::array<int, 2> pipe{};
    std::thread worker;

    ~Program() {
        g_main_loop_unref(host);
        g_main_context_unref(context);
    }

    /// Effects: GLib calls `callback` when it is idle.
    void when_host_is_idle(gboolean (*callback)(gpointer)) {
        GSource* idle = g_idle_source_new();
        g_source_set_callback(idle, callback, this, nullptr);
        g_source_attach(idle, context);
        g_source_unref(idle);
    }
};

// Each step is caused by the one before, on the other side: the order needs no luck.
Coro<> story(Program& program) {
    program.log.push_back("guest: a task runs");
    co_await sleep(1ms);
    program.log.push_back("guest: a timer was due");
    const Future<void> read = program.guest.create_future();
    program.guest.add_reader(program.pipe[0], [&program, read] {
        program.guest.remove_reader(program.pipe[0]);
        program.log.push_back("guest: the pipe can be read");
        read.set_result();
    });
    program.when_host_is_idle([](gpointer data) -> gboolean {
        auto& p = *static_cast<Program*>(data);
        p.log.push_back("host: idle, so it writes");
        return ::write(p.pipe[1], "x", 1) == 1 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
    });
    co_await read;
    const Future<void> posted = program.guest.create_future();
    program.worker = std::thread([&program, &posted] { // no copy: a future stays on its thread
        program.guest.call_soon_threadsafe([&posted] { posted.set_result(); });
    });
    co_await posted;
    program.log.push_back("guest: a thread has posted");
    g_main_loop_quit(program.host);
}

} // namespace

TEST_CASE("GLib's main loop drives ours: tasks, timers, descriptors and posts (real)") {
    Program program;
    REQUIRE(::pipe(program.pipe.data()) == 0);
    const UniqueFd read(program.pipe[0]);
    const UniqueFd write(program.pipe[1]);
    GSource* source = attach(program.guest, program.context);

    program.when_host_is_idle([](gpointer data) -> gboolean { // the guest sleeps for ever by now
        auto& p = *static_cast<Program*>(data);
        p.log.push_back("host: makes a task");
        p.guest.create_task(story(p));
        return G_SOURCE_REMOVE;
    });
    g_main_loop_run(program.host);
    program.worker.join();
    g_source_destroy(source);
    g_source_unref(source);

    CHECK(program.log ==
          std::vector<std::string>{"host: makes a task", "guest: a task runs",
                                   "guest: a timer was due", "host: idle, so it writes",
                                   "guest: the pipe can be read", "guest: a thread has posted"});
}
