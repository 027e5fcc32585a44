// js_test.cpp: JavaScript's queues: timers, microtasks and ticks, frames, clicks.
#include "js_world.hpp"

#include <doctest/doctest.h>

using namespace aio;
using aio::testing::JsWorld;
using aio::testing::Log;
using aio::testing::RecordingTracer;

TEST_CASE("the script ends, then microtasks run, then the timer of zero") {
    JsWorld world;

    world.run_script([&] {
        js::set_timeout([&] { world.note("timeout"); }, 0ms);
        js::queue_microtask([&] {
            world.note("microtask");
            js::queue_microtask([&] { world.note("microtask of microtask"); });
        });
        world.note("end of script");
    });

    CHECK(world.log ==
          Log{"0 end of script", "0 microtask", "0 microtask of microtask", "0 timeout"});
}

TEST_CASE("R5(c): microtasks run after each callback, also when a task or call_soon made them") {
    JsWorld world;
    const auto pair = [&](const std::string& name) {
        return [&, name] {
            js::queue_microtask([&, name] { world.note("microtask of " + name); });
            world.note(name);
        };
    };

    world.run_script([&] {
        world.loop.call_soon(pair("soon 1"));
        world.loop.call_soon(pair("soon 2"));
        world.loop.create_task([](auto f) -> Coro<> {
            f();
            co_return;
        }(pair("task")));
    });

    CHECK(world.log == Log{"0 soon 1", "0 microtask of soon 1", "0 soon 2", "0 microtask of soon 2",
                           "0 task", "0 microtask of task"});
}

TEST_CASE("ticks run before microtasks; a tick of a microtask waits until those are done") {
    JsWorld world;

    world.run_script([&] {
        js::queue_microtask([&] {
            world.note("microtask 1");
            js::next_tick([&] { world.note("tick 3"); });
        });
        js::queue_microtask([&] { world.note("microtask 2"); });
        js::next_tick([&] {
            world.note("tick 1");
            js::next_tick([&] { world.note("tick 2"); });
        });
    });

    CHECK(world.log == Log{"0 tick 1", "0 tick 2", "0 microtask 1", "0 microtask 2", "0 tick 3"});
}

TEST_CASE("an error in a microtask, tick, timer or frame is reported, and the others run") {
    JsWorld world;
    const auto fail = [] { throw Error("oops"); };

    world.run_script([&] {
        js::queue_microtask(fail);
        js::queue_microtask([&] { world.note("microtask"); });
        js::next_tick(fail);
        js::next_tick([&] { world.note("tick"); });
        js::set_timeout(
            [&] {
                js::queue_microtask([&] { world.note("microtask of the timer"); });
                throw Error("oops");
            },
            1ms);
        js::set_timeout([&] { world.note("timer"); }, 1ms);
        js::request_animation_frame(fail);
        js::request_animation_frame([&] { world.note("frame"); });
    });

    CHECK(world.log == Log{"0 exception in tick: oops", "0 tick", "0 exception in microtask: oops",
                           "0 microtask", "1 exception in callback: oops",
                           "1 microtask of the timer", "1 timer",
                           "16 exception in frame callback: oops", "16 frame"});
}

TEST_CASE("endless microtasks are a runaway, although the loop never turns") {
    JsWorld world;
    std::function<void()> again = [&] { js::queue_microtask(again); };

    EventLoop::set_runaway_limit(1000);
    world.loop.call_soon(again);
    CHECK_THROWS_AS(world.loop.run_forever(), RunawayError);
    EventLoop::set_runaway_limit(0);
}

TEST_CASE("timers fire by date, equal ones by age, and can be cleared, twice too") {
    JsWorld world;

    world.run_script([&] {
        js::set_timeout([&] { world.note("b"); }, 20ms);
        js::set_timeout([&] { world.note("a"); }, 10ms);
        js::set_timeout([&] { world.note("c"); }, 20ms);
        const auto never = js::set_timeout([&] { world.note("never"); }, 15ms);
        js::set_timeout(
            [never] {
                js::clear_timeout(never);
                js::clear_timeout(never);
                js::clear_timeout(0);
            },
            -5ms);
        js::clear_timeout(js::set_timeout([&] { world.note("never"); }, duration::max()));
    });

    CHECK(world.log == Log{"10 a", "20 b", "20 c"});
}

TEST_CASE("R13: an interval counts from the start of its callback and does not catch up") {
    JsWorld world;
    int calls = 0;

    world.run_script([&] {
        const auto id = std::make_shared<js::TimerId>();
        *id = js::set_interval(
            [&, id] {
                world.note("interval");
                ++calls;
                block_for(calls == 2 ? 25ms : 1ms); // the dates 30 and 40 are missed
                if (calls == 4) {
                    js::clear_interval(*id); // from inside
                }
            },
            10ms);
    });

    CHECK(world.log == Log{"10 interval", "20 interval", "45 interval", "55 interval"});
}

TEST_CASE("R13: an interval takes its number after the callback, and survives an error") {
    JsWorld world;

    world.run_script([&] {
        const auto id = js::set_interval(
            [&] {
                js::set_timeout([&] { world.note("timeout"); }, 10ms);
                throw Error("oops");
            },
            10ms);
        js::set_timeout([id] { js::clear_interval(id); }, 25ms);
    });

    CHECK(world.log == Log{"10 exception in callback: oops", "20 timeout",
                           "20 exception in callback: oops", "30 timeout"});
}

TEST_CASE("R12: a frame comes at the next multiple of 16 ms, after the timers of its date") {
    JsWorld world;

    world.run_script([&] {
        js::request_animation_frame([&](time_point begun) {
            world.note("frame " + std::to_string(begun.time_since_epoch() / 1ms));
            js::queue_microtask([&] { world.note("microtask"); });
            js::request_animation_frame([&] { world.note("next frame"); });
        });
        js::request_animation_frame([&] { world.note("same frame"); });
        js::set_timeout([&] { world.note("timer"); }, 16ms);
    });

    CHECK(world.log ==
          Log{"16 timer", "16 frame 16", "16 microtask", "16 same frame", "32 next frame"});
}

TEST_CASE("R12: frames missed during a block merge into one, by its date before later timers") {
    JsWorld world;
    std::function<void()> draw = [&] {
        world.note("frame");
        if (world.clock.now() < time_point{80ms}) {
            js::request_animation_frame(draw);
        }
    };

    world.run_script([&] {
        js::request_animation_frame(draw);
        js::set_timeout([&] { world.note("timer 40"); }, 40ms);
        js::set_timeout(
            [&] {
                world.note("long task");
                js::request_animation_frame([&] { world.note("joins the frame that is late"); });
                block_for(50ms);
            },
            20ms);
    });

    CHECK(world.log == Log{"16 frame", "20 long task", "70 frame",
                           "70 joins the frame that is late", "70 timer 40", "80 frame"});
}

TEST_CASE("a user's click: a task that empties the microtask queue after each listener") {
    JsWorld world;
    const js::Element button = world.button({"1", "2"});

    world.run_script([&] {
        button.user_clicks(10ms);
        button.user_clicks(10ms);
    });

    CHECK(world.log == Log{"10 listener 1", "10 microtask 1", "10 listener 2", "10 microtask 2",
                           "10 listener 1", "10 microtask 1", "10 listener 2", "10 microtask 2"});
}

TEST_CASE("click() by code: all listeners, then the caller, then the microtasks") {
    JsWorld world;
    const js::Element button = world.button({"1", "2"});

    world.run_script([&] {
        js::set_timeout(
            [&] {
                button.click();
                world.note("caller");
            },
            20ms);
    });

    CHECK(world.log ==
          Log{"20 listener 1", "20 listener 2", "20 caller", "20 microtask 1", "20 microtask 2"});
}

TEST_CASE("click() inside a listener of a user's click waits with microtasks for that listener") {
    JsWorld world;
    const js::Element inner = world.button({"inner"});
    const js::Element outer;

    world.run_script([&] {
        outer.add_event_listener([&] {
            inner.click();
            world.note("outer");
        });
        outer.add_event_listener([&] {
            outer.add_event_listener([&] { world.note("never: added during the click"); });
            throw Error("oops");
        });
        outer.add_event_listener([&] { world.note("last"); });
        outer.user_clicks();
    });

    CHECK(world.log == Log{"0 listener inner", "0 outer", "0 microtask inner",
                           "0 exception in listener: oops", "0 last"});
}

TEST_CASE("without a running loop there are no queues") {
    CHECK_THROWS_WITH_AS(js::queue_microtask([] {}), "no running event loop", Error);
    CHECK_THROWS_AS(js::next_tick([] {}), Error);
    CHECK_THROWS_AS(js::set_timeout([] {}, 1ms), Error);
    CHECK_THROWS_AS(js::set_interval([] {}, 1ms), Error);
    CHECK_THROWS_AS(js::clear_timeout(1), Error);
    CHECK_THROWS_AS(js::clear_interval(1), Error);
    CHECK_THROWS_AS(js::request_animation_frame([] {}), Error);
    CHECK_THROWS_AS(js::Element().click(), Error);
    CHECK_THROWS_AS(js::Element().user_clicks(), Error);
    CHECK_THROWS_AS(js::Promise<>::resolve(), Error);
}

TEST_CASE("close() drops timers, frames and what they hold") {
    const auto held = std::make_shared<int>();
    {
        JsWorld world;
        world.loop.call_soon([&] {
            js::set_timeout([held] {}, 1s);
            js::set_interval([held] {}, 1s);
            js::request_animation_frame([held] {});
            world.loop.stop();
        });
        world.loop.run_forever();
        CHECK(held.use_count() == 4);
        world.loop.close();
        CHECK(held.use_count() == 1);
    }
}

TEST_CASE("the trace tells of microtasks and frames") {
    JsWorld world;
    const RecordingTracer tracer;

    world.run_script([&] {
        js::queue_microtask([] {});
        js::request_animation_frame([] {});
        js::set_timeout([] { block_for(40ms); }, 10ms);
    });

    CHECK(tracer.count("micro.add m=1 label=microtask") == 1);
    CHECK(tracer.count("micro.begin m=1") == 1);
    CHECK(tracer.count("micro.end m=1") == 1);
    CHECK(tracer.count("frame.request f=1 at=16000") == 1);
    CHECK(tracer.count("frame.missed f=1 at=16000 count=2") == 1);
    CHECK(tracer.count("frame.begin f=1 at=50000 count=1") == 1);
    CHECK(tracer.count("frame.end f=1") == 1);
    CHECK(tracer.count("frame.paint f=1") == 1);
}
