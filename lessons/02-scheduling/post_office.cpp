// post_office.cpp: a ticket, a card and a block: who is served when?
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    loop.call_later(100ms, [] { say("card"); });
    loop.call_soon([] { say("ticket"); });
    say("main");
    block_for(250ms);
    co_await sleep(0ms);
    say("main again");
}

int main() { run(async_main()); }
