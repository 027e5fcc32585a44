// chosen_versus_runtime_test.cpp: what random programs rarely come upon, on the model and on the
// runtime.
#include "ending_programs.hpp"
#include "on_runtime.hpp"
#include "random_program.hpp"

#include <doctest/doctest.h>

#include <cstdint>

using namespace programs;

namespace {

void check_same(const Program& program) {
    CAPTURE(to_text(program));
    const Observed model = observe(program);
    const Observed runtime = on_runtime(program);

    CHECK(model.transcript == runtime.transcript);
    CHECK(model.end == runtime.end);
    CHECK(model.error == runtime.error);
    CHECK(model.warnings.size() == runtime.warnings.size());
}

/// `depth` callbacks, one in the other, then `last`.
Step nested(int depth, const Step& last) {
    return depth == 0 ? last : call_soon({nested(depth - 1, last)});
}

} // namespace

TEST_CASE("the lessons' programs: the model prints what the runtime prints") {
    const std::vector<Ticket> tickets{{0ms, 50ms}, {0ms, 30ms}, {10ms, 20ms}, {30ms, 0ms}};
    for (const Program& program : {lifecycle("A", 2s, "B", 1s),
                                   scheduler(),
                                   five_numbered(),
                                   later_at(),
                                   late(),
                                   turns(),
                                   done_callbacks(),
                                   errors(),
                                   phone_list(),
                                   with_heartbeat(true),
                                   with_heartbeat(false),
                                   countdown(),
                                   countdown_afterwards(),
                                   pool_of(2, tickets),
                                   cannot_stop(),
                                   who_blocks(true),
                                   who_blocks(false),
                                   background({}),
                                   background({.cleanup = 1s, .twin = true}),
                                   graceful(),
                                   recipe_wrong(),
                                   recipe_stops(),
                                   blocked_signal()}) {
        check_same(program);
    }
}

TEST_CASE("the default pool in the last turns of run(): it refuses, or its jobs outlive the loop") {
    const Step job = run_in_executor("j", {say("late"), block(10ms), say("later")});
    for (int depth = 0; depth < 8; ++depth) {
        const Coro tidy{"tidy", {attempt({sleep(1s)}, Catch::cancelled, {nested(depth, job)})}};
        check_same({create_task("t", tidy), sleep(1ms)});
        check_same({run_in_executor("first", {block(5ms)}), create_task("t", tidy), sleep(1ms)});
    }
}

TEST_CASE("the end of run() waits for the default pool's jobs, but not longer than five minutes") {
    const Body timers{call_later(1min, {say("one minute")}), call_later(6min, {say("six")})};
    for (const ms length : {ms(2min), ms(5min), ms(10min)}) {
        Body main = timers;
        main.push_back(run_in_executor("j", {block(length), say("end")}));
        check_same(Program(main));
    }
}

TEST_CASE("300 random programs with processes: the model prints what the runtime prints") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        const Program program = random_program(seed, Workers::processes);
        if (!waits_for_the_kernel(program)) {
            check_same(program);
        }
    }
}
