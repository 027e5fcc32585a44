// rounds.cpp: who arrives during a round is served in the next one.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    loop.call_soon([&loop] {
        say("Ada sends for her friend");
        loop.call_soon([] { say("the friend"); });
    });
    loop.call_soon([] { say("Ben"); });
    say("main");
    co_await sleep(0ms);
    say("main again");
    co_await sleep(0ms);
    say("main once more");
}

int main() { run(async_main()); }
