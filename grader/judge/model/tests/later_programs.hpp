// later_programs.hpp: programs of lessons 03 to 05, for the model: their pages' and their
// exercises'.
#pragma once

#include "programs.hpp"

namespace programs {

inline void append(Body& body, const Body& more) {
    body.insert(body.end(), more.begin(), more.end());
}

/// Lesson 03, done.cpp.
inline Program done_callbacks() {
    return {
        create_future("f"),
        on_done("f", {say("first callback: {}")}),
        on_done("f", {say("second callback")}),
        say("before set"),
        set_result("f", "42"),
        say("after set"),
        sleep(0ms),
        say("main again"),
    };
}

/// Lesson 03, errors.cpp.
inline Program errors() {
    const Coro failing{"failing", {sleep(1s), fail("Something went wrong")}};
    return {
        create_task("t", failing),
        attempt({await("t")}, Catch::error, {say("Caught error: {}")}),
        gather_settled({failing, Coro{"sleep", {sleep(2s)}}}),
        say("{}"),
    };
}

/// Lesson 03, exercise predict-phone-list, with the call_soon before set_result.
inline Program phone_list() {
    const auto waiter = [](const std::string& name) {
        return Coro{"waiter", {await("f"), say(name + " got {}")}};
    };
    return {
        create_future("f"),
        on_done("f", {say("Ann: {}")}),
        create_task("w1", waiter("Wim")),
        create_task("w2", waiter("Wes")),
        sleep(0ms),
        on_done("f", {say("Bob: {}")}),
        call_soon({say("soon")}),
        say("before set"),
        set_result("f", "7"),
        say("after set"),
        on_done("f", {say("Late: {}")}),
        say("added late"),
        sleep(0ms),
        sleep(0ms),
        say("main done"),
    };
}

inline Body beats(int count, ms period) {
    Body body;
    for (int i = 0; i < count; ++i) {
        append(body, {say("beat " + std::to_string(i)), sleep(period)});
    }
    return body;
}

/// Lesson 04, offloaded.cpp: `good`; and blocked.cpp: `bad`.
inline Program with_heartbeat(bool offloaded) {
    const Body good{say("start"), run_in_executor("job", {block(5s), co_return_("done")}),
                    await("job"), say("result: {}")};
    const Body bad{say("start"), block(5s), say("result: done")};
    return {
        create_task("h", {"heartbeat", beats(6, 1s)}),
        create_task("j", {"job", offloaded ? good : bad}),
        await("j"),
        await("h"),
    };
}

/// Lesson 04, countdown.cpp.
inline Program countdown() {
    Body counting;
    for (int i = 5; i > 0; --i) {
        append(counting, {say("Countdown: " + std::to_string(i)), sleep(200ms)});
    }
    return {
        run_in_executor("job", {block(1s), co_return_("blocking result")}),
        create_task("c", {"countdown", counting}),
        await("c"),
        await("job"),
        say("Executor returned: {}"),
    };
}

/// ... awaited on the first line: nothing overlaps.
inline Program countdown_afterwards() {
    return {
        run_in_executor("job", {block(1s), co_return_("blocking result")}),
        await("job"),
        say("counting"),
        sleep(200ms),
        say("counted"),
        await("job"),
        say("Executor returned: {}"),
    };
}

/// Lesson 04, pool_of_two.cpp, and exercise predict-pool: job k is handed in at `submit_at`.
struct Ticket {
    ms submit_at;
    ms duration;
};
inline Program pool_of(int workers, const std::vector<Ticket>& tickets) {
    Body main{thread_pool("pool", workers)};
    std::vector<Awaitable> all;
    for (const Ticket& ticket : tickets) {
        const std::string k = std::to_string(&ticket - tickets.data());
        const Body job{block(ticket.duration), say("job " + k + " end"), co_return_(k)};
        const Step hand_in = run_in_executor("j" + k, job, "pool");
        all.emplace_back(
            Coro{"ticket", {sleep(ticket.submit_at), hand_in, await("j" + k), co_return_("{}")}});
    }
    append(main, {gather(all), say("all done: {}")});
    return Program(main);
}

/// Lesson 04, cannot_stop.cpp: one worker, and a second job that waits for it.
inline Program cannot_stop() {
    return {
        thread_pool("pool", 1),
        run_in_executor("job", {block(1s), say("thread: finished anyway")}, "pool"),
        run_in_executor("next", {say("thread: next")}, "pool"),
        sleep(200ms),
        cancel("job"),
        attempt({await("job")}, Catch::cancelled, {say("future: {}")}),
        sleep(1s),
        say("main done"),
    };
}

/// Lesson 04, exercise predict-who-blocks, the base set.
inline Program who_blocks(bool block_first) {
    const Step heartbeat = create_task("h", {"heartbeat", beats(3, 100ms)});
    const Step sleeper = create_task("s", {"sleeper", {sleep(250ms), say("sleep done")}});
    const Step blocker = create_task("b", {"blocker", {block(300ms), say("block done")}});
    Body main{run_in_executor("job", {block(200ms)}),
              create_task("p", {"claim", {await("job"), say("pool done")}})};
    append(main,
           block_first ? Body{blocker, heartbeat, sleeper} : Body{heartbeat, sleeper, blocker});
    append(main, {await("p"), await("h"), await("s"), await("b")});
    return Program(main);
}

} // namespace programs
