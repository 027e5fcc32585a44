// answers.cpp: programs that keep the protocol: a right answer, and wrong ones of each kind.
#include "channel.hpp"

#include <unistd.h>

#include <cstdio>

BEHAVIOUR(right) { channel.finish(); }

// Two lines of one instant the other way round: right only where ties may stand in any order.
BEHAVIOUR(ties_swapped) {
    const long long d = fake::delay_ms(channel.order().seed);
    channel.event("task.new");
    channel.say(0, "start");
    channel.say(d, "first");
    channel.say(2 * d, "result " + std::to_string(d));
    channel.say(2 * d, "second");
    channel.end();
    channel.close();
}

BEHAVIOUR(wrong_order) {
    const long long d = fake::delay_ms(channel.order().seed);
    channel.event("task.new");
    channel.say(0, "start");
    channel.say(d, "second");
    channel.say(2 * d, "first");
    channel.say(2 * d, "result " + std::to_string(d));
    channel.end();
    channel.close();
}

// The sample check knows this machine: everything at once, M02.
BEHAVIOUR(wrong_time) {
    const long long d = fake::delay_ms(channel.order().seed);
    channel.event("task.new");
    channel.say(0, "start");
    channel.say(d, "first");
    channel.say(d, "second");
    channel.say(d, "result " + std::to_string(d));
    channel.end();
    channel.close();
}

BEHAVIOUR(half_a_millisecond_late) {
    const long long d = fake::delay_ms(channel.order().seed);
    channel.event("task.new");
    channel.say(0, "start");
    channel.event("say", "\"text\":\"first\"", 1000 * d + 500);
    channel.say(2 * d, "second");
    channel.say(2 * d, "result " + std::to_string(d));
    channel.end();
    channel.close();
}

BEHAVIOUR(wrong_content) {
    channel.event("task.new");
    channel.say(0, "start");
    channel.say(0, "\\u001b[31mfoo \xff\xfe bar");
    channel.end();
    channel.close();
}

BEHAVIOUR(incomplete) {
    channel.event("task.new");
    channel.say(0, "start");
    channel.end();
    channel.close();
}

BEHAVIOUR(one_task_too_many) {
    channel.event("task.new");
    channel.finish();
}

BEHAVIOUR(hard_coded) {
    channel.event("task.new");
    channel.say(0, "start");
    channel.say(100, "first");
    channel.say(200, "second");
    channel.say(200, "result 100");
    channel.end();
    channel.close();
}

BEHAVIOUR(printed) {
    channel.event("task.new");
    channel.say(0, "start");
    std::puts("first\nsecond");
    channel.end();
    channel.close();
}

BEHAVIOUR(never_awaited) {
    channel.event("task.new");
    channel.say(0, "start");
    channel.warn("never_awaited", "coroutine 'work' was never awaited");
    channel.end();
    channel.close();
}

BEHAVIOUR(deadlock) {
    channel.say(0, "start");
    channel.end("deadlock", "\"waiting\":[{\"task\":\"A\",\"on\":\"future 3\"},"
                            "{\"task\":\"B\",\"on\":\"task A\"}]");
    channel.close();
}

BEHAVIOUR(runaway) {
    channel.say(0, "start");
    channel.end("runaway", "\"text\":\"100000 turns went by and time did not move\"");
    channel.close();
}

BEHAVIOUR(tells_its_nonce) {
    channel.say(0, channel.order().nonce);
    channel.end();
    channel.close();
}

BEHAVIOUR(exception) {
    channel.say(0, "start");
    channel.end("error", "\"error\":\"no such panel\"");
    channel.close();
}

BEHAVIOUR(ends_without_result) {
    channel.say(0, "start");
    channel.end("error", "\"error\":\"coroutine 'load' ended without co_return\"");
    channel.close();
}

BEHAVIOUR(asks_too_early) {
    channel.say(0, "start");
    channel.end("error", "\"error\":\"the result is not there yet\"");
    channel.close();
}

BEHAVIOUR(warns_often) {
    channel.say(0, "start");
    for (int i = 1; i < 5; ++i) {
        channel.warn("never_awaited", "coroutine 'work' was never awaited");
        channel.warn("slow", "call " + std::to_string(i));
    }
    channel.end();
    channel.close();
}

BEHAVIOUR(nested_run) {
    channel.say(0, "start");
    channel.warn("nested_run", "run() cannot be called from a running event loop");
    channel.end("error", "\"error\":\"run() cannot be called from a running event loop\"");
    channel.close();
}

BEHAVIOUR(real_sleep) {
    channel.say_all();
    channel.warn("real_sleep", "500 ms of real time passed in one callback");
    channel.end();
    channel.close();
}

// What came out does not matter: a run in which nothing says how it ended is none.
BEHAVIOUR(no_ending) {
    channel.say_all();
    channel.close();
}

BEHAVIOUR(unknown_ending) {
    channel.say_all();
    channel.end("victory");
    channel.close();
}
