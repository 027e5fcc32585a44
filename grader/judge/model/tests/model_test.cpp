// model_test.cpp: the model prints the lesson's transcripts, and each switch prints its belief's.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "model/model.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace lab::model;
using namespace std::chrono_literals;
using lab::Transcript;

namespace {

Program lifecycle() {
    return {.functions = {{"task A", {say("A: starting"), sleep(2000ms), say("A: done")}},
                          {"task B", {say("B: starting"), sleep(1000ms), say("B: done")}}},
            .main = {say("creating"), create("a", "task A"), create("b", "task B"), say("waiting"),
                     await("a"), await("b"), say("all done")}};
}

Program turns() { // callbacks and timers, for the beliefs about turns
    return {.functions = {},
            .main = {later(20ms, {say("twenty")}), later(10ms, {say("ten")}),
                     later(0ms, {say("zero timer")}), soon({say("soon"), soon({say("added")})}),
                     soon({say("second")}), say("main"), block(15ms), sleep(30ms)}};
}

Program family() { // gathers, futures, cancels, and a task that outlives main
    return {.functions = {{"slow", {sleep(20ms), say("slow"), give("slow")}},
                          {"fast", {sleep(10ms), say("fast"), give("fast")}},
                          {"fails", {sleep(5ms), fail("boom")}},
                          {"waiter", {await("f"), say("woken")}},
                          {"long", {attempt({sleep(500ms)}, {say("long: cancelled")})}}},
            .main = {gather({"slow", "fast"}), say_results("results"),
                     attempt({gather({"fails", "slow"})}, {say("caught")}), sleep(50ms),
                     future("f"), create("w", "waiter"), sleep(1ms), complete("f"),
                     say("completed"), await("w"), create("l", "long"), sleep(1ms), cancel("l"),
                     say("cancelled it"), sleep(1ms), create("m", "long"), sleep(1ms)}};
}

} // namespace

TEST_CASE("with all switches off the model prints the lifecycle of lesson 01") {
    const Outcome outcome = run(lifecycle());

    CHECK(outcome.end == "ok");
    CHECK(outcome.lines == Transcript{{0ms, "creating"},
                                      {0ms, "waiting"},
                                      {0ms, "A: starting"},
                                      {0ms, "B: starting"},
                                      {1000ms, "B: done"},
                                      {2000ms, "A: done"},
                                      {2000ms, "all done"}});
}

TEST_CASE(
    "M03, M04, M02, M05 and M18 give the lifecycle that somebody who believes them predicts") {
    CHECK(run(lifecycle(), {Switch::eager_tasks}).lines[1].text == "A: starting");
    CHECK(run(lifecycle(), {Switch::start_on_await}).lines == Transcript{{0ms, "creating"},
                                                                         {0ms, "waiting"},
                                                                         {0ms, "A: starting"},
                                                                         {2000ms, "A: done"},
                                                                         {2000ms, "B: starting"},
                                                                         {3000ms, "B: done"},
                                                                         {3000ms, "all done"}});
    CHECK(run(lifecycle(), {Switch::sequential_await}).lines ==
          run(lifecycle(), {Switch::start_on_await}).lines);
    CHECK(run(lifecycle(), {Switch::finish_in_await_order}).lines ==
          Transcript{{0ms, "creating"},
                     {0ms, "waiting"},
                     {0ms, "A: starting"},
                     {0ms, "B: starting"},
                     {2000ms, "A: done"},
                     {2000ms, "B: done"},
                     {2000ms, "all done"}});
    CHECK(run(lifecycle(), {Switch::global_sleep}).lines.back() == lab::Line{3000ms, "all done"});
}

TEST_CASE("awaits that complete at once give nobody a turn, unless one believes M07") {
    const Program cede{.functions = {{"a", {say("a")}}, {"b", {say("b")}}},
                       .main = {create("tb", "b"), call("a"), call("a"), call("a"), await("tb")}};

    const auto text = [](const Outcome& outcome) {
        std::string letters;
        for (const auto& line : outcome.lines) {
            letters += line.text;
        }
        return letters;
    };
    CHECK(text(run(cede)) == "aaab");
    CHECK(text(run(cede, {Switch::every_await_yields})) == "baaa");
}

TEST_CASE("a call without await is silent, and a nested run is refused") {
    const Program program{.functions = {{"f", {say("never")}}},
                          .main = {drop("f"), attempt({nested_run("f")}, {say("refused")})}};

    const Outcome outcome = run(program);

    CHECK(outcome.lines == Transcript{{0ms, "refused"}});
    CHECK(outcome.warnings.size() == 3);
    CHECK(outcome.warnings[0] == "coroutine 'f' was never awaited");
}

TEST_CASE("every modelled switch changes what some program prints") {
    for (const Belief& belief : beliefs()) {
        CAPTURE(belief.code);
        bool changes = false;
        for (const Program& program :
             {lifecycle(), turns(), family(),
              Program{.functions = {{"a", {say("a"), block(10ms), say("a blocked")}},
                                    {"b", {say("b"), block(10ms), say("b blocked")}}},
                      .main = {create("tb", "b"), call("a"), await("tb"), say("end")}}}) {
            try {
                changes = changes || run(program, {belief.machine}).lines != run(program).lines;
            } catch (const std::logic_error&) { // eager bodies may name what does not exist yet
            }
        }
        CHECK(changes);
    }
}

TEST_CASE("a switch that is not modelled yet is refused, and so is a name that does not exist") {
    CHECK_THROWS_AS(run(lifecycle(), {Switch::micro_yields}), std::invalid_argument);
    CHECK_THROWS_AS(run({.functions = {}, .main = {await("nobody")}}), std::logic_error);
}

TEST_CASE("telling_beliefs lists what a program can tell apart") {
    CHECK(telling_beliefs({.functions = {}, .main = {say("alone")}}).empty());
    CHECK(telling_beliefs(lifecycle()).size() >= 5);
}
