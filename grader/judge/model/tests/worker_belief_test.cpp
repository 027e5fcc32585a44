// worker_belief_test.cpp: what each belief about callbacks, workers, signals and ends predicts.
#include "ending_programs.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace programs;
using lab::Line;
using lab::Transcript;

namespace {

const std::vector<Ticket> six(6, {0ms, 300ms});

std::vector<std::string> told(const Program& program) {
    std::vector<std::string> names;
    for (const Belief& belief : telling_beliefs(program)) {
        names.push_back(belief.name);
    }
    return names;
}

bool tells(const Program& program, const std::string& name) {
    const auto names = told(program);
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Returns: at which place `text` stands first.
std::ptrdiff_t place_of(const std::string& text, const Transcript& lines) {
    return std::find_if(lines.begin(), lines.end(),
                        [&](const Line& line) { return line.text == text; }) -
           lines.begin();
}

} // namespace

TEST_CASE("M28 unlimited_pool: every job ends at its submission plus its duration") {
    const Transcript lines = run(pool_of(2, six), {.unlimited_pool = true});

    REQUIRE(lines.size() == 7);
    CHECK(lines[5] == Line{300ms, "job 5 end"});
    CHECK(lines[6].at == 300ms);
}

TEST_CASE("M28 one_worker: one job after another") {
    const Transcript lines = run(pool_of(2, six), {.one_worker = true});

    REQUIRE(lines.size() == 7);
    CHECK(lines[1] == Line{600ms, "job 1 end"});
    CHECK(lines[6].at == 1800ms);
}

TEST_CASE("M26 job_holds_loop: nothing else happens until the job has ended") {
    CHECK(run(who_blocks(false), {.job_holds_loop = true}) == Transcript{{200ms, "beat 0"},
                                                                         {500ms, "block done"},
                                                                         {500ms, "pool done"},
                                                                         {500ms, "beat 1"},
                                                                         {500ms, "sleep done"},
                                                                         {600ms, "beat 2"}});
    CHECK(run(countdown(), {.job_holds_loop = true})[0] == Line{1000ms, "Countdown: 5"});
}

TEST_CASE("M26 executor_overlaps: what comes after an await of a job does not wait for it") {
    CHECK(run(countdown_afterwards()) ==
          Transcript{{1000ms, "counting"},
                     {1200ms, "counted"},
                     {1200ms, "Executor returned: blocking result"}});
    CHECK(run(countdown_afterwards(), {.executor_overlaps = true}) ==
          Transcript{{0ms, "counting"},
                     {200ms, "counted"},
                     {1000ms, "Executor returned: blocking result"}});
}

TEST_CASE("M26 executor_overlaps: the end of a function waits for what it has put off") {
    const Coro job{"job", {run_in_executor("j", {block(50ms)}), await("j"), say("on")}};
    const Program program{create_task("t", job), await("t"), say("job done")};

    CHECK(run(program, {.executor_overlaps = true}) == Transcript{{0ms, "on"}, {50ms, "job done"}});
}

TEST_CASE("M25 parallel_blocks: beside a pool nobody is late") {
    CHECK(run(who_blocks(false), {.parallel_blocks = true}) == Transcript{{0ms, "beat 0"},
                                                                          {100ms, "beat 1"},
                                                                          {200ms, "pool done"},
                                                                          {200ms, "beat 2"},
                                                                          {250ms, "sleep done"},
                                                                          {300ms, "block done"}});
}

TEST_CASE("M13 exact_timers: timers are on time, a worker's post waits for the loop") {
    const Transcript lines = run(who_blocks(false), {.exact_timers = true});

    CHECK(lines[1] == Line{100ms, "beat 1"});
    CHECK(lines[place_of("pool done", lines)].at == 300ms);
}

TEST_CASE("M27 cancel_stops_job: the thread ends with its future, and the worker is free") {
    CHECK(run(cannot_stop(), {.cancel_stops_job = true}) ==
          Transcript{{200ms, "future: cancelled"}, {200ms, "thread: next"}, {1200ms, "main done"}});
}

TEST_CASE("M36 signal_interrupts: the handler runs in the middle of a block") {
    CHECK(run(blocked_signal(), {.signal_interrupts = true}) ==
          Transcript{{0ms, "blocking"}, {100ms, "SIGTERM"}, {300ms, "unblocked"}});
}

TEST_CASE("M13 youngest_first: one tick too many") {
    const Transcript lines = run(background({}), {.youngest_first = true});

    REQUIRE(lines.size() == 10);
    CHECK(lines[6] == Line{6000ms, "bg works"});
    CHECK(lines[7] == Line{6000ms, "cancel requested"});
}

TEST_CASE("M19 late_callback_now and late_callback_lost: a callback for a done future") {
    const Transcript now = run(phone_list(), {.late_callback_now = true});
    const Transcript lost = run(phone_list(), {.late_callback_lost = true});

    CHECK(place_of("Late: 7", now) + 1 == place_of("added late", now));
    CHECK(place_of("Late: 7", lost) == static_cast<std::ptrdiff_t>(lost.size()));
}

TEST_CASE("M02 sequential_await: a settled gather waits for one after another, through errors") {
    const Program program{gather_settled({Coro{"bad", {sleep(1s), fail("bad")}},
                                          Coro{"good", {sleep(2s), co_return_("good")}}}),
                          say("{}")};

    CHECK(run(program) == Transcript{{2000ms, "[bad, good]"}});
    CHECK(run(program, {.sequential_await = true}) == Transcript{{3000ms, "[bad, good]"}});
}

TEST_CASE("M08, M05: a settled gather has its order as well") {
    const Program program{gather_settled({delayed("slow", 20ms), delayed("fast", 10ms)}),
                          say("both")};

    CHECK(run(program, {.finish_in_await_order = true})[0] == Line{20ms, "slow"});
    CHECK(run({gather_settled({Coro{"bad", {sleep(20ms), fail("bad")}},
                               Coro{"good", {sleep(10ms), co_return_("good")}}}),
               say("{}")},
              {.gather_completion_order = true})
              .back()
              .text == "[good, bad]");
}

TEST_CASE("the exercises can tell the beliefs that their outlines name") {
    CHECK(tells(phone_list(), "inline_callbacks"));
    CHECK(tells(who_blocks(false), "parallel_blocks"));
    CHECK(tells(who_blocks(false), "job_holds_loop"));
    CHECK(tells(pool_of(2, six), "unlimited_pool"));
    CHECK(tells(pool_of(2, six), "one_worker"));
    CHECK(tells(background({}), "instant_cancel"));
    CHECK(tells(background({}), "youngest_first"));
    CHECK(tells(background({.twin = true}), "eager_tasks"));
    CHECK(wrong_transcripts(who_blocks(true)) >= 2);
}

TEST_CASE("wrong machines cope with jobs, pools and signals, and with two beliefs at once") {
    for (const Program& program : {phone_list(), who_blocks(true), pool_of(1, six), cannot_stop(),
                                   background({.twin = true}), graceful(), blocked_signal()}) {
        for (const Belief& one : beliefs()) {
            for (const Belief& other : beliefs()) {
                if (one.modelled && other.modelled) {
                    Switches both = one.alone();
                    both.*other.field = true;
                    CHECK_NOTHROW(run(program, both));
                }
            }
        }
    }
}
