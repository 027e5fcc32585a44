// programs.hpp: programs of the lessons, for the model.
#pragma once

#include "model/model.hpp"

#include <string>
#include <utility>
#include <vector>

namespace programs {

using namespace lab::model;
using namespace std::chrono_literals;

inline Coro task(const std::string& name, ms delay) {
    return {"task",
            {say(name + ": starting"), sleep(delay), say(name + ": done"), co_return_(name)}};
}

/// Lesson 01, lifecycle.cpp.
inline Program lifecycle(const std::string& a, ms da, const std::string& b, ms db) {
    return {
        say("Main: creating tasks"),
        create_task("a", task(a, da)),
        create_task("b", task(b, db)),
        say("Main: waiting for tasks"),
        await("a"),
        await("b"),
        say("Main: all done"),
    };
}

inline Coro delayed(const std::string& message, ms delay) {
    return {"delayed", {sleep(delay), say(message)}};
}

/// Lesson 01, scheduler.cpp.
inline Program scheduler() {
    return {
        say("Starting..."),
        await(delayed("This happens after 2 seconds", 2s)),
        await(delayed("This happens 1 second after the previous task", 1s)),
        gather({delayed("Concurrent task 1", 3s), delayed("Concurrent task 2", 3s)}),
        say("All done!"),
    };
}

inline Coro letter(const std::string& text) { return {text, {say(text)}}; }

/// Lesson 01, cede.cpp: awaiting coroutines that never wait.
inline Program plain() {
    return {
        create_task("tb", letter("b")),
        await(letter("a")),
        await(letter("a")),
        await(letter("a")),
        await("tb"),
    };
}

/// ... and awaiting tasks, which come through the ready queue.
inline Program tasked() {
    return {
        create_task("tb", letter("b")),
        create_task("a1", letter("a")),
        await("a1"),
        create_task("a2", letter("a")),
        await("a2"),
        create_task("a3", letter("a")),
        await("a3"),
        await("tb"),
    };
}

inline Coro numbered(int number, ms delay) {
    const std::string name = "Task " + std::to_string(number);
    return {"numbered",
            {say(name + ": Starting"), sleep(delay),
             say(name + ": Finished after " + std::to_string(delay.count()) + "ms"),
             co_return_(std::to_string(number))}};
}

/// Lesson 02, numbered.cpp.
inline Program five_numbered() {
    return {
        gather({numbered(1, 300ms), numbered(2, 100ms), numbered(3, 200ms), numbered(4, 400ms),
                numbered(5, 150ms)}),
        say("Results in order created: {}"),
    };
}

/// Lesson 02, later_at.cpp.
inline Program later_at() {
    return {
        call_later(300ms, {say("later 300")}),
        call_later(100ms, {say("later 100")}),
        call_later(200ms, {say("at 200 (first)")}),
        call_later(200ms, {say("later 200 (second)")}),
        call_later(250ms, {say("never")}, "h"),
        call_soon({say("soon")}),
        cancel("h"),
        say("scheduled"),
        sleep(500ms),
        say("done"),
    };
}

/// Lesson 02, late.cpp.
inline Program late() {
    return {
        call_later(100ms, {say("timer 100")}),
        call_later(200ms, {say("timer 200")}),
        call_later(300ms, {say("timer 300")}),
        say("blocking 250 ms"),
        block(250ms),
        say("unblocked"),
        sleep(100ms),
        say("main done"),
    };
}

/// Lesson 02, exercise predict-turns, the base set.
inline Program turns() {
    return {
        call_later(0ms, {say("zero")}),
        call_soon({say("one"), call_soon({say("three")})}),
        call_soon({say("two")}),
        say("main"),
        sleep(0ms),
        say("main again"),
        sleep(0ms),
        say("main third"),
    };
}

} // namespace programs
