// trace_test.cpp: what the runtime tells about itself, as a whole, for a small program.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

using namespace aio;
using aio::testing::RecordingTracer;

namespace {

Coro<> child() { co_await sleep(5ms); }

Coro<> parent() { co_await create_task(child(), "child"); }

std::vector<std::string> trace_of_a_run() {
    const RecordingTracer tracer;
    const aio::testing::DefaultVirtualClock world;
    run(parent());
    return tracer.lines;
}

} // namespace

TEST_CASE("two runs of a program give the same trace, loop numbers apart") {
    auto first = trace_of_a_run();
    auto second = trace_of_a_run();
    const auto loop_lines = [](const std::string& line) { return line.starts_with("loop."); };
    std::erase_if(first, loop_lines);
    std::erase_if(second, loop_lines);

    CHECK(first == second);
}

TEST_CASE("the trace tells tasks, turns, timers and time in the order in which they happen") {
    const auto lines = trace_of_a_run();
    std::string story;
    for (const std::string& line : lines) {
        for (const char* told :
             {"task.new", "task.begin", "task.end", "task.done", "clock.advance", "coro.suspend"}) {
            if (line.starts_with(told)) {
                story += line.substr(0, line.find(" fn=")) + "\n";
            }
        }
    }

    CHECK(story.starts_with("task.new task=1 name=main\n"
                            "task.begin task=1\n"
                            "task.new task=2 name=child\n"
                            "coro.suspend task=1 on=task 'child'\n"
                            "task.end task=1\n"
                            "task.begin task=2\n"
                            "coro.suspend task=2 on=a timer: sleep 3\n"
                            "task.end task=2\n"
                            "clock.advance from=0 to=5000 why=timer\n"
                            "task.begin task=2\n"
                            "task.end task=2\n"
                            "task.done task=2 outcome=ok\n"
                            "task.begin task=1\n"
                            "task.end task=1\n"
                            "task.done task=1 outcome=ok\n"));
}
