// belief_test.cpp: each switch predicts what somebody with that belief predicts.
#include "programs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

using namespace programs;
using lab::Transcript;

namespace {

const Program two_tasks = lifecycle("A", 2s, "B", 1s);

std::vector<std::string> texts(const Transcript& lines) {
    std::vector<std::string> list;
    for (const auto& line : lines) {
        list.push_back(line.text);
    }
    return list;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("M03 eager_tasks: create_task runs the body at once") {
    CHECK(run(two_tasks, {.eager_tasks = true}) == Transcript{{0ms, "Main: creating tasks"},
                                                              {0ms, "A: starting"},
                                                              {0ms, "B: starting"},
                                                              {0ms, "Main: waiting for tasks"},
                                                              {1000ms, "B: done"},
                                                              {2000ms, "A: done"},
                                                              {2000ms, "Main: all done"}});
}

TEST_CASE("M04 start_on_await: the second task starts when it is awaited") {
    CHECK(run(two_tasks, {.start_on_await = true}) == Transcript{{0ms, "Main: creating tasks"},
                                                                 {0ms, "Main: waiting for tasks"},
                                                                 {0ms, "A: starting"},
                                                                 {2000ms, "A: done"},
                                                                 {2000ms, "B: starting"},
                                                                 {3000ms, "B: done"},
                                                                 {3000ms, "Main: all done"}});
}

TEST_CASE("M02 sequential_await: creating is waiting") {
    CHECK(run(two_tasks, {.sequential_await = true}) ==
          Transcript{{0ms, "Main: creating tasks"},
                     {0ms, "A: starting"},
                     {2000ms, "A: done"},
                     {2000ms, "B: starting"},
                     {3000ms, "B: done"},
                     {3000ms, "Main: waiting for tasks"},
                     {3000ms, "Main: all done"}});
}

TEST_CASE("M02 sequential_await: a gather waits for one after another") {
    const Transcript lines = run(five_numbered(), {.sequential_await = true});

    REQUIRE(lines.size() == 11);
    CHECK(lines[2] == lab::Line{300ms, "Task 2: Starting"});
    CHECK(lines[10] == lab::Line{1150ms, "Results in order created: [1, 2, 3, 4, 5]"});
}

TEST_CASE("M05 finish_in_await_order: what is awaited second is done second") {
    CHECK(run(two_tasks, {.finish_in_await_order = true}) ==
          Transcript{{0ms, "Main: creating tasks"},
                     {0ms, "Main: waiting for tasks"},
                     {0ms, "A: starting"},
                     {0ms, "B: starting"},
                     {2000ms, "A: done"},
                     {2000ms, "B: done"},
                     {2000ms, "Main: all done"}});
}

TEST_CASE("M05 finish_in_await_order: a gather finishes from left to right") {
    const Transcript lines = run(five_numbered(), {.finish_in_await_order = true});

    REQUIRE(lines.size() == 11);
    CHECK(lines[5] == lab::Line{300ms, "Task 1: Finished after 300ms"});
    CHECK(lines[6] == lab::Line{300ms, "Task 2: Finished after 100ms"});
    CHECK(lines[9] == lab::Line{400ms, "Task 5: Finished after 150ms"});
}

TEST_CASE("M07 every_await_yields: each await lets the others run") {
    CHECK(texts(run(plain(), {.every_await_yields = true})) == Texts{"b", "a", "a", "a"});
}

TEST_CASE("M06 parallel_blocks: two blocks overlap") {
    const Coro busy{"busy", {block(100ms), say("done")}};
    const Program program{gather({busy, busy}), say("both")};

    CHECK(run(program).back() == lab::Line{200ms, "both"});
    CHECK(run(program, {.parallel_blocks = true}).back() == lab::Line{100ms, "both"});
}

TEST_CASE("M25 parallel_blocks: a timer is on time while another callback blocks") {
    const Program program{call_later(10ms, {block(100ms), say("blocked")}),
                          call_later(20ms, {say("on time")}), sleep(200ms)};

    CHECK(run(program) == Transcript{{110ms, "blocked"}, {110ms, "on time"}});
    CHECK(run(program, {.parallel_blocks = true}) ==
          Transcript{{20ms, "on time"}, {110ms, "blocked"}});
}

TEST_CASE("M18 global_sleep: sleeps add up") {
    const Transcript lines = run(two_tasks, {.global_sleep = true});

    CHECK(lines[3] == lab::Line{0ms, "B: starting"});
    CHECK(lines[4] == lab::Line{1000ms, "B: done"});
    CHECK(lines[5] == lab::Line{3000ms, "A: done"});
}

TEST_CASE("M18 global_sleep: a block moves the dates of timers") {
    CHECK(run(late(), {.global_sleep = true}) == Transcript{{0ms, "blocking 250 ms"},
                                                            {250ms, "unblocked"},
                                                            {350ms, "timer 100"},
                                                            {350ms, "main done"}});
}

TEST_CASE("M11 call_now: call_soon calls") {
    CHECK(texts(run(turns(), {.call_now = true})) ==
          Texts{"one", "three", "two", "main", "main again", "zero", "main third"});
}

TEST_CASE("M12 zero_first: what has no delay jumps the queue") {
    CHECK(texts(run(turns(), {.zero_first = true})) ==
          Texts{"main", "zero", "main again", "main third", "one", "two", "three"});
}

TEST_CASE("M13 exact_timers: a timer fires while the thread is blocked") {
    CHECK(run(late(), {.exact_timers = true}) == Transcript{{0ms, "blocking 250 ms"},
                                                            {100ms, "timer 100"},
                                                            {200ms, "timer 200"},
                                                            {250ms, "unblocked"},
                                                            {300ms, "timer 300"},
                                                            {350ms, "main done"}});
}

TEST_CASE("M14 timers_by_source: timers fire in the order of the source") {
    const Texts said = texts(run(later_at(), {.timers_by_source = true}));

    CHECK(said[2] == "later 300");
    CHECK(said[3] == "later 100");
}

TEST_CASE("M16 no_snapshot: what a callback adds still runs in this turn") {
    CHECK(texts(run(turns(), {.no_snapshot = true})) ==
          Texts{"main", "one", "two", "main again", "three", "main third", "zero"});
}

TEST_CASE("M19 inline_callbacks: set_result calls") {
    const Program program{create_future("f"), on_done("f", {say("callback")}), set_result("f", "x"),
                          say("after set"), sleep(0ms)};

    CHECK(texts(run(program)) == Texts{"after set", "callback"});
    CHECK(texts(run(program, {.inline_callbacks = true})) == Texts{"callback", "after set"});
}

TEST_CASE("M08 gather_completion_order: results sorted by finish") {
    CHECK(run(five_numbered(), {.gather_completion_order = true}).back().text ==
          "Results in order created: [2, 5, 3, 1, 4]");
}

TEST_CASE("M22 gather_cancels: the first error cancels the siblings") {
    const Program program{
        attempt({gather({Coro{"bad", {sleep(10ms), fail("bad")}}, delayed("good", 20ms)})},
                Catch::error, {say("caught {}")}),
        sleep(50ms)};

    CHECK(texts(run(program)) == Texts{"caught bad", "good"});
    CHECK(texts(run(program, {.gather_cancels = true})) == Texts{"caught bad"});
}

TEST_CASE("M09 loop_never_closes: work outlives main") {
    const Program program{create_task("t", delayed("late", 20ms)), call_later(30ms, {say("timer")}),
                          say("main ends")};

    CHECK(texts(run(program)) == Texts{"main ends"});
    CHECK(texts(run(program, {.loop_never_closes = true})) == Texts{"main ends", "late", "timer"});
}

TEST_CASE("M31 instant_cancel: the task ends inside cancel()") {
    const Coro sleeper{"sleeper", {attempt({sleep(1s)}, Catch::cancelled, {say("cancelled")})}};
    const Program program{create_task("t", sleeper), sleep(10ms), cancel("t"), say("after cancel"),
                          await("t")};

    CHECK(texts(run(program)) == Texts{"after cancel", "cancelled"});
    CHECK(texts(run(program, {.instant_cancel = true})) == Texts{"cancelled", "after cancel"});
}

TEST_CASE("every switch has a row, with one code and one rule; those not modelled say so") {
    CHECK(beliefs().size() == 35);
    for (const Belief& belief : beliefs()) {
        CAPTURE(belief.name);
        CHECK(belief.code.size() == 3);
        CHECK(belief.rule.starts_with('R'));
        CHECK(belief.alone().*belief.field);
        if (belief.modelled) {
            CHECK_NOTHROW(run(two_tasks, belief.alone()));
        } else {
            CHECK_THROWS_AS(run(two_tasks, belief.alone()), std::invalid_argument);
        }
    }
}

TEST_CASE("a program tells which beliefs it can tell apart") {
    Texts names;
    for (const Belief& belief : telling_beliefs(two_tasks)) {
        names.push_back(belief.name);
    }

    CHECK(names == Texts{"eager_tasks", "start_on_await", "sequential_await",
                         "finish_in_await_order", "global_sleep", "timers_by_source"});
    CHECK(wrong_transcripts(two_tasks) == 5); // the timers in source order are those of the awaits
    CHECK(wrong_transcripts({say("alone")}) == 0);
}

TEST_CASE("a wrong transcript leads to its belief, the right one to none") {
    const Transcript wrong = run(two_tasks, {.start_on_await = true});

    REQUIRE(beliefs_behind(two_tasks, wrong).size() == 1);
    CHECK(beliefs_behind(two_tasks, wrong)[0].code == "M04");
    CHECK(beliefs_behind(two_tasks, run(two_tasks)).empty());
}

TEST_CASE("wrong machines cope with names that come late, and with two beliefs at once") {
    const Program program{create_task("t", {"f", {cancel("u"), await("u"), sleep(10ms), say("t")}}),
                          create_task("u", {"g", {await("t"), say("u")}}), await("t")};
    for (const Belief& one : beliefs()) {
        for (const Belief& other : beliefs()) {
            if (one.modelled && other.modelled) {
                Switches both = one.alone();
                both.*other.field = true;
                CHECK_NOTHROW(run(program, both));
                CHECK_NOTHROW(run(late(), both));
            }
        }
    }
}
