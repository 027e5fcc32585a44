// turns.cpp: callbacks queue a callback, a timer of 0 waits, and main gives way twice.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    auto& loop = get_running_loop();
    loop.call_later(0ms, [] { say("zero"); });
    loop.call_soon([&loop] {
        say("one");
        loop.call_soon([] { say("three"); });
    });
    loop.call_soon([] { say("two"); });
    say("main");
    co_await sleep(0ms);
    say("main again");
    co_await sleep(0ms);
    say("main third");
}

int main() { run(async_main()); }
