// later_lesson_test.cpp: the programs of lessons 03 to 05 print what their pages say.
#include "ending_programs.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace programs;
using lab::Transcript;

namespace {

using Texts = std::vector<std::string>;

Texts texts(const Transcript& lines) {
    Texts list;
    for (const auto& line : lines) {
        list.push_back(line.text);
    }
    return list;
}

} // namespace

TEST_CASE("done.cpp: completing a future runs nothing (R4)") {
    CHECK(texts(run(done_callbacks())) ==
          Texts{"before set", "after set", "first callback: 42", "second callback", "main again"});
}

TEST_CASE("errors.cpp: a settled gather has the error in the place of the result") {
    CHECK(run(errors()) == Transcript{{1000ms, "Caught error: Something went wrong"},
                                      {3000ms, "[Something went wrong, ]"}});
}

TEST_CASE("predict-phone-list: one queue for callbacks, waiters and call_soon") {
    CHECK(texts(run(phone_list())) == Texts{"before set", "after set", "added late", "soon",
                                            "Ann: 7", "Wim got 7", "Wes got 7", "Bob: 7", "Late: 7",
                                            "main done"});
}

TEST_CASE("a callback of a failed or cancelled future sees the error's text") {
    const Program program{create_future("f"),
                          create_future("g"),
                          on_done("f", {say("{}")}),
                          on_done("g", {say("{}")}),
                          set_exception("f", "bad"),
                          cancel("g"),
                          sleep(0ms)};

    CHECK(texts(run(program)) == Texts{"bad", "cancelled"});
}

TEST_CASE("an error in a callback is reported, and the next callback runs (R15)") {
    const auto seen = observe({create_future("f"), on_done("f", {fail("bad")}),
                               on_done("f", {say("next")}), set_result("f"), sleep(0ms)});

    CHECK(texts(seen.transcript) == Texts{"next"});
    REQUIRE(seen.warnings.size() == 1);
    CHECK(seen.warnings[0].text == "exception in callback: bad");
}

TEST_CASE("blocked.cpp: every beat waits for the blocked thread") {
    const Transcript lines = run(with_heartbeat(false));

    REQUIRE(lines.size() == 8);
    CHECK(lines[2] == lab::Line{5000ms, "result: done"});
    CHECK(lines[3] == lab::Line{5000ms, "beat 1"});
    CHECK(lines[7] == lab::Line{9000ms, "beat 5"});
}

TEST_CASE("offloaded.cpp: the beats go on, and at a tie the worker's post comes first (R7)") {
    const Transcript lines = run(with_heartbeat(true));

    REQUIRE(lines.size() == 8);
    CHECK(lines[2] == lab::Line{1000ms, "beat 1"});
    CHECK(lines[6] == lab::Line{5000ms, "result: done"});
    CHECK(lines[7] == lab::Line{5000ms, "beat 5"});
}

TEST_CASE("countdown.cpp: the total is the longer of the two") {
    const Transcript lines = run(countdown());

    REQUIRE(lines.size() == 6);
    CHECK(lines[4] == lab::Line{800ms, "Countdown: 1"});
    CHECK(lines[5] == lab::Line{1000ms, "Executor returned: blocking result"});
}

TEST_CASE("pool_of_two.cpp: jobs run in waves of two (R9)") {
    const std::vector<Ticket> six(6, {0ms, 300ms});

    CHECK(run(pool_of(2, six)) == Transcript{{300ms, "job 0 end"},
                                             {300ms, "job 1 end"},
                                             {600ms, "job 2 end"},
                                             {600ms, "job 3 end"},
                                             {900ms, "job 4 end"},
                                             {900ms, "job 5 end"},
                                             {900ms, "all done: [0, 1, 2, 3, 4, 5]"}});
}

TEST_CASE("predict-pool: a job that comes when a worker is just free begins at once") {
    CHECK(run(pool_of(2, {{0ms, 50ms}, {0ms, 30ms}, {10ms, 20ms}, {30ms, 20ms}, {50ms, 0ms}})) ==
          Transcript{{30ms, "job 1 end"},
                     {50ms, "job 0 end"}, // two that end together: in the order of their starts
                     {50ms, "job 2 end"},
                     {50ms, "job 4 end"},
                     {70ms, "job 3 end"},
                     {70ms, "all done: [0, 1, 2, 3, 4]"}});
}

TEST_CASE("cannot_stop.cpp: a cancelled job runs on, and its worker is not free") {
    CHECK(run(cannot_stop()) == Transcript{{200ms, "future: cancelled"},
                                           {1000ms, "thread: finished anyway"},
                                           {1000ms, "thread: next"},
                                           {1200ms, "main done"}});
}

TEST_CASE("a job that waits for a worker never runs once it is cancelled") {
    const Program program{thread_pool("pool", 1), run_in_executor("a", {block(10ms)}, "pool"),
                          run_in_executor("b", {say("never")}, "pool"), cancel("b"), await("a")};

    CHECK(run(program).empty());
}

TEST_CASE("predict-who-blocks: only the loop's lane is late") {
    CHECK(run(who_blocks(false)) == Transcript{{0ms, "beat 0"},
                                               {300ms, "block done"},
                                               {300ms, "pool done"},
                                               {300ms, "beat 1"},
                                               {300ms, "sleep done"},
                                               {400ms, "beat 2"}});
    CHECK(run(who_blocks(true))[1] == lab::Line{300ms, "beat 0"});
}

TEST_CASE("the end of a body waits for the jobs of its pool, with the loop's thread") {
    const Coro scope{"scope",
                     {thread_pool("pool", 1), run_in_executor("j", {block(50ms)}, "pool")}};
    const Program program{call_later(10ms, {say("timer")}), await(scope), say("left"), sleep(10ms)};

    CHECK(run(program) == Transcript{{50ms, "left"}, {50ms, "timer"}});
}

TEST_CASE("a pool that has ended refuses jobs") {
    const Coro scope{"scope", {thread_pool("pool", 1)}};
    const auto seen = observe({await(scope), run_in_executor("j", {say("never")}, "pool")});

    CHECK(seen.transcript.empty());
    CHECK(seen.error == "cannot schedule new jobs after shutdown");
}

TEST_CASE("a job's error arrives where it is awaited; its posts come at their times") {
    const Program program{run_in_executor("j", {block(10ms), call_soon_threadsafe({say("half")}),
                                                block(10ms), fail("bad")}),
                          attempt({await("j")}, Catch::error, {say("caught {}")})};

    CHECK(run(program) == Transcript{{10ms, "half"}, {20ms, "caught bad"}});
}

TEST_CASE("a job of a process brings its result and nothing else (R9)") {
    const Program program{
        process_pool("pool", 2),
        run_in_executor("j", {say("unseen"), block(10ms), co_return_("7")}, "pool"), await("j"),
        say("{}")};

    CHECK(run(program) == Transcript{{10ms, "7"}});
}

TEST_CASE("a job that awaits is refused") {
    CHECK_THROWS_AS(run({run_in_executor("j", {sleep(1ms)})}), std::invalid_argument);
}

TEST_CASE("background.cpp: at a tie main's timer is the older one (R7, R10)") {
    const Transcript lines = run(background({}));

    REQUIRE(lines.size() == 9);
    CHECK(lines[5] == lab::Line{5000ms, "bg works"});
    CHECK(lines[6] == lab::Line{6000ms, "cancel requested"});
    CHECK(lines[7] == lab::Line{6000ms, "bg cancelled"});
}

TEST_CASE("predict-cancel: a twin that never started says nothing; clean-up takes its time") {
    CHECK(run(background({.start = 10ms,
                          .period = 100ms,
                          .until_cancel = 150ms,
                          .cleanup = 50ms,
                          .twin = true})) == Transcript{{10ms, "Later"},
                                                        {10ms, "bg works"},
                                                        {110ms, "bg works"},
                                                        {160ms, "cancel requested"},
                                                        {160ms, "bg cancelled"},
                                                        {210ms, "bg clean"}});
}

TEST_CASE("graceful.cpp: the handler sets an event, main does the rest") {
    CHECK(run(graceful()) == Transcript{{0ms, "srv 0"},
                                        {0ms, "job 0"},
                                        {300ms, "srv 1"},
                                        {500ms, "job 1"},
                                        {600ms, "srv 2"},
                                        {700ms, "SIGTERM"},
                                        {700ms, "Shutting down..."},
                                        {700ms, "srv closing"},
                                        {700ms, "job closing"},
                                        {800ms, "srv closed"},
                                        {800ms, "job closed"},
                                        {800ms, "bye"}});
}

TEST_CASE("recipe_wrong.cpp: main's end cancels the clean-up a second time") {
    const auto seen = observe(recipe_wrong());

    CHECK(texts(seen.transcript) ==
          Texts{"srv 0", "srv 1", "srv 2", "Shutting down...", "srv closing"});
    CHECK(seen.end == End::cancelled);
    CHECK(observe(recipe_stops()).error == "event loop stopped before future completed");
}

TEST_CASE("a signal's callback waits for the end of a block") {
    CHECK(run(blocked_signal()) ==
          Transcript{{0ms, "blocking"}, {300ms, "unblocked"}, {300ms, "SIGTERM"}});
}
