// guest_test.cpp: a loop whose turns are asked for one by one, by a host.
#include "virtual_world.hpp"

#include <aio/unique_fd.hpp>
#include <doctest/doctest.h>

#include <array>
#include <poll.h>
#include <thread>
#include <unistd.h>

using namespace aio;
using aio::testing::Log;
using aio::testing::VirtualWorld;

TEST_CASE("a guest's turn waits until the host's deadline at most, and takes what is due") {
    VirtualWorld world;
    EventLoop& loop = world.loop;
    loop.call_later(10ms, [&] { world.note("first"); });
    loop.call_later(30ms, [&] {
        world.note("second");
        loop.call_soon([&] { world.note("a turn later"); });
    });
    const auto turn = [&](time_point deadline) {
        CHECK(loop.run_once(deadline));
        world.note("back");
    };

    turn(time_point{20ms});
    turn(time_point{20ms});
    turn(loop.time()); // a glance
    turn(time_point{1h});
    turn(time_point{1h});
    turn(time_point{1h}); // nothing can ever happen, but the host may know more

    CHECK(world.log == Log{"10 first", "10 back", "20 back", "20 back", "30 second", "30 back",
                           "30 a turn later", "30 back", "3600000 back"});
}

TEST_CASE("a guest says when its next turn is due") {
    VirtualWorld world;
    EventLoop& loop = world.loop;

    CHECK(loop.next_turn() == std::nullopt);
    loop.call_later(10ms, [] {});
    CHECK(loop.next_turn() == time_point{10ms});
    loop.call_soon([] {});
    CHECK(loop.next_turn() == time_point{});
    loop.run_once(loop.time());
    CHECK(loop.next_turn() == time_point{10ms});
    loop.call_soon_threadsafe([] {});
    CHECK(loop.next_turn() == time_point{});
    loop.run_once(loop.time());
    loop.stop();
    CHECK(loop.next_turn() == time_point{});
}

TEST_CASE("a guest tells the host of stop(), once, and runs on if asked") {
    VirtualWorld world;
    world.loop.call_soon([&] { world.loop.stop(); });

    CHECK_FALSE(world.loop.run_once(time_point{1s}));
    CHECK(world.loop.run_once(time_point{1s}));
    world.loop.stop();
    CHECK_FALSE(world.loop.run_once(time_point{2s}));

    CHECK(world.loop.time() == time_point{1s}); // a loop that stops does not wait
}

TEST_CASE("a guest runs tasks, and an error of a callback does not reach the host") {
    VirtualWorld world;
    world.loop.set_exception_handler(
        [&](const ErrorContext& context) { world.note(describe(context.error)); });
    const auto nap = [](VirtualWorld& w) -> Coro<int> {
        CHECK(&get_running_loop() == &w.loop);
        co_await sleep(5ms);
        co_return 7;
    };

    const Task<int> task = world.loop.create_task(nap(world));
    world.loop.call_soon([] { throw Error("boom"); });
    for (int turns = 0; !task.done() && turns < 10; ++turns) {
        world.loop.run_once(time_point{1s});
    }

    CHECK(task.result() == 7);
    CHECK(world.log == Log{"0 boom"});
    CHECK(running_loop_or_null() == nullptr);
}

TEST_CASE("a guest that runs, or is closed, takes no turn") {
    VirtualWorld world;
    world.loop.call_soon([&] {
        CHECK_THROWS_WITH(world.loop.run_once(time_point{}), "this event loop is already running");
        EventLoop other;
        CHECK_THROWS_WITH(other.run_once(time_point{}),
                          "cannot run the event loop while another loop is running");
        world.note("ran");
    });
    world.loop.run_once(time_point{});
    world.loop.close();

    CHECK_THROWS_WITH(world.loop.run_once(time_point{}), "event loop is closed");
    CHECK_THROWS_WITH(world.loop.next_turn(), "event loop is closed");
    CHECK_THROWS_WITH(world.loop.descriptor(), "event loop is closed");
    CHECK(world.log == Log{"0 ran"});
}

TEST_CASE("a host that waits on the guest's descriptor misses no news and no post (real)") {
    for (const std::string_view name : selector_names()) {
        CAPTURE(name);
        std::unique_ptr<Selector> selector;
        try {
            selector = make_selector(name);
        } catch (const std::system_error& error) {
            MESSAGE("SKIPPED: nothing here tests ", name, ": ", error.what());
            continue;
        }
        RealClock clock;
        EventLoop loop({.clock = &clock, .selector = std::move(selector)});
        if (name == "poll") {
            CHECK_THROWS_WITH_AS(
                loop.descriptor(),
                "this selector has no descriptor to wait on: use epoll or io_uring", Error);
            continue;
        }
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        const UniqueFd read(ends[0]);
        const UniqueFd write(ends[1]);
        std::string heard;
        std::thread poster;
        const int wait_on = loop.descriptor(); // asked once: only next_turn() is asked anew

        loop.call_later(1ms, [&] {
            heard += "timer ";
            REQUIRE(::write(write.get(), "x", 1) == 1);
        });
        bool more = true;
        for (int turns = 0; more && turns < 100; ++turns) {
            const auto next = loop.next_turn();
            const auto left = next ? std::chrono::ceil<ms>(*next - loop.time()).count() : -1;
            pollfd host{.fd = wait_on, .events = POLLIN, .revents = 0};
            ::poll(&host, 1, next ? static_cast<int>(std::max<ms::rep>(left, 0)) : -1);
            more = loop.run_once(loop.time());
            if (turns == 0) { // between two turns, as a callback of the host would
                loop.add_reader(read.get(), [&] {
                    heard += "news ";
                    loop.remove_reader(read.get());
                    poster = std::thread([&] {
                        loop.call_soon_threadsafe([&] {
                            heard += "post";
                            loop.stop();
                        });
                    });
                });
            }
        }
        poster.join();

        CHECK(heard == "timer news post");
    }
}
