// clock_test.cpp: the clocks by themselves.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace aio;

TEST_CASE("a virtual clock begins at zero, and blocking moves it") {
    VirtualClock clock;

    CHECK(clock.now() == time_point{});
    clock.block(5ms);
    clock.block(-1ms);

    CHECK(clock.now() == time_point{5ms});
}

TEST_CASE("a hold keeps the clock from moving, and a deadlock from being declared, while a thread "
          "works") {
    VirtualClock clock;
    EventLoop loop({.clock = &clock, .selector = nullptr});
    std::string log;
    auto hold = std::make_unique<VirtualClock::Hold>(clock);
    std::thread worker;

    loop.call_later(1h, [&] {
        log += "timer ";
        loop.stop();
    });
    loop.call_soon([&] {
        worker = std::thread([&] {
            loop.call_soon_threadsafe([&] {
                log += "post at " + std::to_string(clock.now().time_since_epoch() / 1ms) + " ";
            });
            hold.reset();
        });
    });
    loop.run_forever();
    worker.join();

    CHECK(log == "post at 0 timer ");
}

TEST_CASE("the real clock waits at least as long as it was asked to (real)") {
    RealClock clock;
    EventLoop loop({.clock = &clock, .selector = nullptr});
    const time_point begin = loop.time();

    loop.call_later(20ms, [&] { loop.stop(); });
    loop.run_forever();

    CHECK(loop.time() - begin >= 20ms);
}

TEST_CASE("run() uses the default clock, and the real one when none is named") {
    const auto main = []() -> Coro<Clock*> { co_return &get_running_loop().clock(); };

    set_default_clock(nullptr); // lab.cpp, which this program contains, has named another
    Clock* without = run(main());
    const aio::testing::DefaultVirtualClock world;

    CHECK(run(main()) == &world.clock);
    CHECK(dynamic_cast<RealClock*>(without) != nullptr);
}

TEST_CASE("a delay's beginning is never before the clock's time, and never goes back (real)") {
    RealClock clock;
    time_point last{};
    for (int i = 0; i < 200'000; ++i) {
        const time_point before = clock.now();
        const time_point answer = clock.now_or_just_after();
        REQUIRE(answer >= before);
        REQUIRE(answer >= last);
        last = answer;
    }
}
