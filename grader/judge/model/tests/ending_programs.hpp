// ending_programs.hpp: programs of lesson 05, for the model.
#pragma once

#include "later_programs.hpp"

namespace programs {

/// Lesson 05, background.cpp and exercise predict-cancel: a twin is cancelled before its first
/// step.
struct Background {
    ms start = 1s;
    ms period = 1s;
    ms until_cancel = 5s;
    ms cleanup = 0ms;
    bool twin = false;
};
inline Coro working(const std::string& name, const Background& p) {
    Body ticks;
    for (int i = 0; i < 10; ++i) {
        append(ticks, {say(name + " works"), sleep(p.period)});
    }
    const Body tidy{say(name + " cancelled"), sleep(p.cleanup), say(name + " clean"), reraise()};
    return {"working", {attempt(ticks, Catch::cancelled, tidy)}};
}
inline Program background(const Background& p) {
    Body main{sleep(p.start), say("Later"), create_task("t", working("bg", p))};
    if (p.twin) {
        append(main, {create_task("twin", working("twin", p)), cancel("twin")});
    }
    append(main, {sleep(p.until_cancel), cancel("t"), say("cancel requested"),
                  attempt({await("t")}, Catch::cancelled, {})}); // or run() cancels its clean-up
    return Program(main);
}

inline Coro serve(const std::string& name, ms every) {
    Body ticks;
    for (int i = 0; i < 5; ++i) {
        append(ticks, {say(name + " " + std::to_string(i)), sleep(every)});
    }
    return {"serve",
            {attempt(ticks, Catch::cancelled,
                     {say(name + " closing"), sleep(100ms), say(name + " closed"), reraise()})}};
}

/// Lesson 05, graceful.cpp: the event is a future.
inline Program graceful() {
    return {
        create_future("stop"),
        on_signal(15, {say("SIGTERM"), set_result("stop")}),
        raise_at(700ms, 15),
        create_task("srv", serve("srv", 300ms)),
        create_task("job", serve("job", 500ms)),
        await("stop"),
        say("Shutting down..."),
        cancel("srv"),
        cancel("job"),
        gather_settled({"srv", "job"}),
        say("bye"),
    };
}

/// Lesson 05, recipe_wrong.cpp: everybody is cancelled, main too; then stop().
inline Program recipe_wrong() {
    const Coro shutdown{"shutdown",
                        {say("Shutting down..."), cancel("main"), cancel("srv"),
                         gather_settled({"main", "srv"}), stop()}};
    return {
        on_signal(15, {create_task("shutdown", shutdown)}),
        raise_at(700ms, 15),
        create_task("srv", serve("srv", 300ms)),
        sleep(10s),
    };
}

/// ... with main spared.
inline Program recipe_stops() {
    return {
        create_task("srv", serve("srv", 300ms)),
        call_later(700ms, {say("Shutting down..."), cancel("srv"), stop()}),
        sleep(10s),
        say("never"),
    };
}

/// A signal in the middle of a block.
inline Program blocked_signal() {
    return {
        on_signal(15, {say("SIGTERM")}),
        raise_at(100ms, 15),
        say("blocking"),
        block(300ms),
        say("unblocked"),
        sleep(10ms),
    };
}

} // namespace programs
