// late_error.cpp: goes wrong: a task fails at 100 ms, and the program hears of it at the end.
#include <aio/lab.hpp>
using namespace aio;

Coro<> failing() {
    co_await sleep(100ms);
    throw Error("disk full");
}

Coro<> async_main() {
    Task<> task = create_task(failing());
    co_await sleep(500ms);
    say("all is well?");
    try {
        co_await task;
    } catch (const Error& error) {
        say("now I ask: {}", error.what());
    }
}

int main() { run(async_main()); }
