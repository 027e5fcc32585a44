// lesson_test.cpp: the programs of the lessons print what their pages say.
#include "programs.hpp"

#include <doctest/doctest.h>

using namespace programs;
using lab::Transcript;

TEST_CASE("lifecycle.cpp") {
    CHECK(run(lifecycle("A", 2s, "B", 1s)) == Transcript{{0ms, "Main: creating tasks"},
                                                         {0ms, "Main: waiting for tasks"},
                                                         {0ms, "A: starting"},
                                                         {0ms, "B: starting"},
                                                         {1000ms, "B: done"},
                                                         {2000ms, "A: done"},
                                                         {2000ms, "Main: all done"}});
}

TEST_CASE("scheduler.cpp") {
    CHECK(run(scheduler()) == Transcript{{0ms, "Starting..."},
                                         {2000ms, "This happens after 2 seconds"},
                                         {3000ms, "This happens 1 second after the previous task"},
                                         {6000ms, "Concurrent task 1"},
                                         {6000ms, "Concurrent task 2"},
                                         {6000ms, "All done!"}});
}

TEST_CASE("cede.cpp: an await gives the loop a turn only if something inside waits (R3)") {
    CHECK(run(plain()) == Transcript{{0ms, "a"}, {0ms, "a"}, {0ms, "a"}, {0ms, "b"}});
    CHECK(run(tasked()) == Transcript{{0ms, "b"}, {0ms, "a"}, {0ms, "a"}, {0ms, "a"}});
}

TEST_CASE("numbered.cpp: results in the order of the arguments (R17)") {
    const Transcript lines = run(five_numbered());

    REQUIRE(lines.size() == 11);
    CHECK(lines[5] == lab::Line{100ms, "Task 2: Finished after 100ms"});
    CHECK(lines[6] == lab::Line{150ms, "Task 5: Finished after 150ms"});
    CHECK(lines[10] == lab::Line{400ms, "Results in order created: [1, 2, 3, 4, 5]"});
}

TEST_CASE("later_at.cpp: deadlines, ties, a callback that is taken back") {
    CHECK(run(later_at()) == Transcript{{0ms, "scheduled"},
                                        {0ms, "soon"},
                                        {100ms, "later 100"},
                                        {200ms, "at 200 (first)"},
                                        {200ms, "later 200 (second)"},
                                        {300ms, "later 300"},
                                        {500ms, "done"}});
}

TEST_CASE("late.cpp: timers wait for the blocked thread (R8)") {
    CHECK(run(late()) == Transcript{{0ms, "blocking 250 ms"},
                                    {250ms, "unblocked"},
                                    {250ms, "timer 100"},
                                    {250ms, "timer 200"},
                                    {300ms, "timer 300"},
                                    {350ms, "main done"}});
}

TEST_CASE("predict-turns: who joins a turn, and who waits for the next (R5)") {
    CHECK(run(turns()) == Transcript{{0ms, "main"},
                                     {0ms, "one"},
                                     {0ms, "two"},
                                     {0ms, "main again"},
                                     {0ms, "zero"},
                                     {0ms, "three"},
                                     {0ms, "main third"}});
}

TEST_CASE("a call without await never runs, and is reported (R16)") {
    const auto seen = observe({say("before"), call_without_await(letter("greet")), say("after")});

    CHECK(seen.transcript == Transcript{{0ms, "before"}, {0ms, "after"}});
    REQUIRE(seen.warnings.size() == 1);
    CHECK(seen.warnings[0].text == "coroutine 'greet' was never awaited");
}

TEST_CASE("run() inside a running loop raises, and its coroutine never runs (R11)") {
    const auto seen = observe({say("before"), nested_run(letter("inner")), say("after")});

    CHECK(seen.transcript == Transcript{{0ms, "before"}});
    CHECK(seen.end == End::error);
    CHECK(seen.error == "run() cannot be called from a running event loop");
    REQUIRE(seen.warnings.size() == 2);
    CHECK(seen.warnings[0].code == "nested_run");
    CHECK(seen.warnings[1].text == "coroutine 'inner' was never awaited");
}

TEST_CASE("what is left when main ends is cancelled and may clean up (R11)") {
    const Coro tidy{
        "tidy",
        {attempt({sleep(1s)}, Catch::cancelled, {say("closing"), sleep(10ms)}), say("closed")}};

    CHECK(run({create_task("t", tidy), sleep(100ms), say("main ends")}) ==
          Transcript{{100ms, "main ends"}, {100ms, "closing"}, {110ms, "closed"}});
}

TEST_CASE("waiting for what nobody completes ends in a deadlock") {
    const auto seen = observe({create_future("f"), say("waiting"), await("f"), say("never")});

    CHECK(seen.transcript == Transcript{{0ms, "waiting"}});
    CHECK(seen.end == End::deadlock);
}

TEST_CASE("a program is shown as it would be written") {
    CHECK(to_text({say("x"), gather({"a", Coro{"f", {sleep(10ms)}}})}) ==
          "const Program program{\n"
          "    say(\"x\"),\n"
          "    gather({\"a\", Coro{\"f\", {\n"
          "        sleep(10ms),\n"
          "    }}}),\n"
          "};\n");
}
