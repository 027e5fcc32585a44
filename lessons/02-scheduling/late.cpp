// late.cpp: a block holds up the clerk, but not the dates on the cards.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    for (int d : {100, 200, 300}) {
        loop.call_later(ms{d}, [d] { say("timer {}", d); });
    }
    say("blocking 250 ms");
    block_for(250ms);
    say("unblocked");
    co_await sleep(100ms);
    say("main done");
}

int main() { run(async_main()); }
