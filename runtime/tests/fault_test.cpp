// fault_test.cpp: what goes wrong in a callback, a task, a call or the kernel stays there: it is
// told as documented, and the loop and its other tasks go on.
#include "virtual_world.hpp"

#include <aio/unique_fd.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <deque>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

using namespace aio;
using aio::testing::Log;
using aio::testing::VirtualWorld;

namespace {

thread_local int fails_next_with = 0; // what the next epoll_wait or poll of this thread says

bool fails() {
    errno = std::exchange(fails_next_with, 0);
    return errno != 0;
}

/// A task that notes each of `times` milliseconds: proof that the others go on.
Coro<> tick(VirtualWorld& world, int times) {
    for (int i = 0; i < times; ++i) {
        co_await sleep(1ms);
        world.note("tick");
    }
}

/// Notes what the loop's exception handler is told.
void note_errors(VirtualWorld& world) {
    world.loop.set_exception_handler([&world](const ErrorContext& context) {
        world.note(context.message + ": " + describe(context.error));
    });
}

} // namespace

// A shim: this program's own come before the C library's.
extern "C" int epoll_wait(int epoll, epoll_event* events, int most, int timeout) {
    return fails() ? -1
                   : static_cast<int>(::syscall(SYS_epoll_pwait, epoll, events, most, timeout,
                                                nullptr, std::size_t{0}));
}
extern "C" int poll(pollfd* list, nfds_t count, int timeout) {
    const timespec limit{timeout / 1000, timeout % 1000 * 1'000'000L};
    return fails()
               ? -1
               : static_cast<int>(::syscall(SYS_ppoll, list, count, timeout < 0 ? nullptr : &limit,
                                            nullptr, std::size_t{0}));
}

TEST_CASE(
    "what a callback throws, be it soon, a timer, a reader or a done-callback, is told to the "
    "handler") {
    VirtualWorld world;
    note_errors(world);
    const Future<int> future = world.loop.create_future<int>();
    future.add_done_callback([] { throw Error("done-callback"); });
    future.add_done_callback([&] { world.note("its neighbour runs"); });
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const UniqueFd read(ends[0]);
    const UniqueFd write(ends[1]);
    REQUIRE(::write(ends[1], "x", 1) == 1);

    world.loop.call_soon([] { throw Error("soon"); });
    world.loop.call_later(1ms, [] { throw 1; });
    world.loop.call_later(2ms, [&] { future.set_result(1); });
    world.loop.call_later(3ms, [&] {
        world.loop.add_reader(ends[0], [&] {
            world.loop.remove_reader(ends[0]);
            throw Error("reader");
        });
    });
    world.run(tick(world, 4));

    CHECK(world.log == Log{"0 exception in callback: soon",
                           "1 exception in callback: an exception that is no std::exception",
                           "1 tick", "2 exception in callback: done-callback",
                           "2 its neighbour runs", "2 tick", "3 tick",
                           "3 exception in callback: reader", "4 tick"});
}

TEST_CASE("a task that throws ends alone") {
    const aio::testing::RecordingTracer tracer;
    VirtualWorld world;
    const auto fail = []() -> Coro<int> {
        co_await sleep(1ms);
        throw std::runtime_error("boom");
    };
    const auto main = [](VirtualWorld& w, Task<int> task) -> Coro<> {
        try {
            co_await task;
        } catch (const std::runtime_error& error) {
            w.note(error.what());
        }
        co_await tick(w, 1);
    };

    world.loop.create_task(tick(world, 2));
    world.run(main(world, world.loop.create_task(fail())));

    CHECK(world.log == Log{"1 tick", "1 boom", "2 tick", "2 tick"});
    CHECK(tracer.count("warn") == 0);
}

TEST_CASE(
    "a closed loop refuses descriptors, dates, tasks and turns as well; removing finds nothing") {
    VirtualWorld world;
    world.loop.close();
    const auto nothing = []() -> Coro<> { co_return; };

    CHECK_THROWS_WITH(world.loop.add_reader(0, [] {}), "event loop is closed");
    CHECK_THROWS_WITH(world.loop.add_writer(0, [] {}), "event loop is closed");
    CHECK_THROWS_WITH(world.loop.call_at(time_point{}, [] {}), "event loop is closed");
    CHECK_THROWS_WITH(world.loop.create_task(nothing()), "event loop is closed");
    CHECK_THROWS_WITH(world.loop.run_until_complete(nothing()), "event loop is closed");
    CHECK_THROWS_WITH(world.loop.run_until_complete(world.loop.create_future()),
                      "event loop is closed");
    CHECK_FALSE(world.loop.remove_reader(0));
    CHECK_FALSE(world.loop.remove_writer(0));
    world.loop.stop();
}

TEST_CASE("a task that awaits a future or task of another loop gets an error at the await") {
    VirtualWorld world;
    EventLoop other({.clock = &world.clock, .selector = nullptr});
    const Future<int> foreign = other.create_future<int>();
    const auto number = []() -> Coro<int> { co_return 1; };
    const Task<int> task = other.create_task(number());
    const auto await = [](VirtualWorld& w, Future<int> future) -> Coro<> {
        try {
            co_await future;
        } catch (const Error& error) {
            w.note(error.what());
        }
        co_await sleep(1ms);
        w.note("goes on");
    };

    world.run(await(world, foreign));
    world.run(await(world, task));
    foreign.set_result(5);
    world.run(await(world, foreign)); // what is done is a value like any other (R3)
    CHECK(other.run_until_complete(task) == 1);

    const std::string refused = "a task cannot await a future that is attached to a different loop";
    CHECK(world.log == Log{"0 " + refused, "1 goes on", "1 " + refused, "2 goes on", "3 goes on"});
}

TEST_CASE("nothing else waits for a future of another loop either") {
    VirtualWorld world;
    EventLoop other({.clock = &world.clock, .selector = nullptr});
    const Future<int> foreign = other.create_future<int>();
    const std::string refused = "the future belongs to a different loop";
    const auto list = [&] { return std::vector<Future<int>>{foreign}; };
    const auto main = [&]() -> Coro<> {
        CHECK_THROWS_WITH_AS(static_cast<void>(gather(foreign)), refused.c_str(), ValueError);
        CHECK_THROWS_WITH_AS(static_cast<void>(gather(list())), refused.c_str(), ValueError);
        CHECK_THROWS_WITH_AS(static_cast<void>(shield(foreign)), refused.c_str(), ValueError);
        CHECK_THROWS_WITH_AS(static_cast<void>(as_completed(list())), refused.c_str(), ValueError);
        co_return;
    };

    world.run(main());
    CHECK_THROWS_WITH_AS(world.run(wait(list())), refused.c_str(), ValueError);
    CHECK_THROWS_WITH_AS(world.run(wait_for(foreign, 1ms)), refused.c_str(), ValueError);
    CHECK_THROWS_WITH_AS(world.loop.run_until_complete(foreign), refused.c_str(), ValueError);
    CHECK(foreign.cancel()); // nobody has touched it
}

TEST_CASE("a gather that was refused leaves alone what it was given before") {
    VirtualWorld world;
    EventLoop other({.clock = &world.clock, .selector = nullptr});
    const Future<int> foreign = other.create_future<int>();
    const Future<int> own = world.loop.create_future<int>();
    world.loop.set_exception_handler([&](const ErrorContext& told) { world.note(told.message); });
    const auto main = [&]() -> Coro<> {
        CHECK_THROWS_AS(static_cast<void>(gather(own, foreign)), ValueError);
        CHECK_THROWS_AS(static_cast<void>(gather(std::vector{own, foreign})), ValueError);
        own.set_result(1);
        co_await sleep(1ms);
    };

    world.run(main());

    CHECK(world.log == Log{});
}

TEST_CASE("what is done takes no second result and no cancel") {
    VirtualWorld world;
    const auto number = []() -> Coro<int> { co_return 1; };
    const Task<int> task = world.loop.create_task(number());
    CHECK(world.loop.run_until_complete(task) == 1);

    CHECK_THROWS_WITH_AS(task.set_result(2), "the future is done already", InvalidStateError);
    CHECK_THROWS_WITH_AS(task.set_exception(Error("late")), "the future is done already",
                         InvalidStateError);
    CHECK_FALSE(task.cancel());
    CHECK(task.cancelling() == 0);
    CHECK(task.result() == 1);
    TimerHandle timer = world.loop.call_later(1ms, [] {});
    world.run(tick(world, 2));
    CHECK_FALSE(timer.cancel());
}

TEST_CASE("negative, huge and past times do not overflow, on either clock") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        co_await sleep(duration::min());
        const Task<> forever = create_task(sleep(duration::max()));
        const auto limited = [](duration limit) -> Coro<> { co_await timeout(limit, sleep(1ms)); };
        co_await limited(duration::max());
        bool timed_out = false;
        try {
            co_await limited(duration::min());
        } catch (const TimeoutError&) {
            timed_out = true;
        }
        CHECK(timed_out);
        co_await wait_for(sleep(1ms), duration::max());
        CHECK(forever.cancel());
        w.loop.call_at(time_point::min(), [&w] { w.note("long ago"); });
        w.loop.call_at(time_point{}, [&w] { w.note("at the beginning"); });
        w.loop.call_at(time_point::max(), [&w] { w.note("at the end"); }).cancel();
        co_await sleep(1ms);
    };
    world.run(main(world));
    CHECK(world.log == Log{"2 long ago", "2 at the beginning"});

    for (int i = 0; i < 4; ++i) {
        world.clock.block(duration::max());
        world.clock.block(duration::min());
    }
    CHECK(world.clock.now() == end_of_time);
    world.loop.call_later(duration::max(), [&] { world.note("the end"); });
    world.run_until_idle();
    CHECK(world.log.size() == 3);

    RealClock clock;
    EventLoop real({.clock = &clock, .selector = nullptr});
    const TimerHandle never = real.call_at(time_point::max(), [] {});
    real.call_at(time_point::min(), [&real] { real.stop(); });
    real.run_forever();
    CHECK(never.when() == end_of_time);
}

TEST_CASE(
    "EINTR and EAGAIN do not leave the selectors; another error does, by the call's name (real)") {
    struct Fault {
        const char* name;
        int error;
        const char* text; ///< null: stays in
    };
    const std::vector<Fault> faults{
        {"epoll", EINTR, nullptr},
        {"epoll", EBADF, "epoll_wait: Bad file descriptor"},
        {"poll", EINTR, nullptr},
        {"poll", EAGAIN, nullptr},
        {"poll", ENOMEM, "poll: Cannot allocate memory"},
    };
    for (const Fault& fault : faults) {
        CAPTURE(fault.name);
        CAPTURE(fault.error);
        const auto selector = make_selector(fault.name);
        std::vector<Readiness> news;
        selector->wake();

        fails_next_with = fault.error;
        if (fault.text == nullptr) {
            CHECK_FALSE(selector->select(std::nullopt, news));
        } else {
            CHECK_THROWS_WITH_AS(selector->select(std::nullopt, news), fault.text,
                                 std::system_error);
        }
        CHECK(selector->select(std::nullopt, news)); // the wake() is not lost
    }
}

TEST_CASE(
    "a selector that comes back early changes nothing; one that fails ends the run, and the next "
    "goes on") {
    struct Faulty final : Selector {
        std::deque<int> results; ///< 0: interrupted, 7: news, ENOMEM: thrown
        void watch(int, Interest) override {}
        bool select(std::optional<duration>, std::vector<Readiness>& news) override {
            if (results.empty()) {
                return false;
            }
            const int result = results.front();
            results.pop_front();
            if (result == ENOMEM) {
                throw std::system_error(result, std::generic_category(), "select");
            }
            if (result != 0) {
                news.push_back({result, {.readable = true}});
            }
            return result != 0;
        }
        void wake() override {}
    };
    VirtualWorld world;
    auto selector = std::make_unique<Faulty>();
    selector->results = {0, 0, 7, 0, ENOMEM, 7, 0};
    EventLoop loop({.clock = &world.clock, .selector = std::move(selector)});
    loop.add_reader(7, [&] { world.note("news"); });
    const Task<> ticks = loop.create_task(tick(world, 4));

    CHECK_THROWS_WITH_AS(loop.run_until_complete(ticks), "select: Cannot allocate memory",
                         std::system_error);
    CHECK_FALSE(loop.is_running());
    world.note("again");
    loop.run_until_complete(ticks);

    CHECK(world.log == Log{"1 tick", "2 tick", "2 news", "3 tick", "3 again", "3 news", "4 tick"});
}

namespace {

/// A callable whose copy finds no memory from the `left`th on.
template <std::size_t bytes> struct Costly {
    VirtualWorld& world;
    int& left;
    std::array<char, bytes> captures{};

    Costly(VirtualWorld& w, int& copies) : world(w), left(copies) {}
    Costly(const Costly& other) : world(other.world), left(other.left) {
        if (--left < 0) {
            throw std::bad_alloc();
        }
    }
    void operator()() const { world.note("ran"); }
};

template <std::size_t bytes> Log log_of_costly_callables() {
    VirtualWorld world;
    note_errors(world);
    EventLoop& loop = world.loop;
    int copies = 0;
    const Costly<bytes> callable(world, copies);
    const Future<void> future = loop.create_future();

    loop.call_soon([&] { world.note("before"); });
    CHECK_THROWS_AS(loop.call_soon(callable), std::bad_alloc);
    CHECK_THROWS_AS(loop.call_later(1ms, callable), std::bad_alloc);
    CHECK_THROWS_AS(loop.call_soon_threadsafe(callable), std::bad_alloc);
    CHECK_THROWS_AS(loop.add_reader(0, callable), std::bad_alloc);
    CHECK_FALSE(loop.remove_reader(0));
    CHECK_THROWS_AS(future.add_done_callback(callable), std::bad_alloc);
    future.set_result();
    loop.call_soon([&] { world.note("after"); });
    copies = 100;
    loop.call_soon(callable);
    world.run(tick(world, 1));
    return world.log;
}

} // namespace

TEST_CASE("a callable whose copy finds no memory is not filed, and the queues are as before") {
    const Log expected{"0 before", "0 after", "0 ran", "1 tick"};

    CHECK(log_of_costly_callables<1>() == expected);    // in place
    CHECK(log_of_costly_callables<64>() == expected);   // in the ready queue, but not in a Callback
    CHECK(log_of_costly_callables<1000>() == expected); // in a box of its own
}

TEST_CASE("a reader whose copy finds no memory when there is news is called at the next turn") {
    VirtualWorld world;
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const UniqueFd read(ends[0]);
    const UniqueFd write(ends[1]);
    REQUIRE(::write(ends[1], "x", 1) == 1);
    int copies = 100;
    const Costly<1> callable(world, copies);
    int calls = 0;

    world.loop.add_reader(ends[0], [&, callable] {
        callable();
        if (++calls == 2) {
            world.loop.remove_reader(ends[0]);
            world.loop.stop();
        }
    });
    world.loop.set_exception_handler([&](const ErrorContext& context) {
        world.note(describe(context.error));
        copies = 100;
    });
    copies = 1; // for the first call, not for the second
    world.loop.run_forever();

    CHECK(world.log == Log{"0 ran", "0 std::bad_alloc", "0 ran"});
}
