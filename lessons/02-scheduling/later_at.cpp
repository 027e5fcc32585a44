// later_at.cpp: cards in the drawer come out by their dates, and a torn one never does.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    loop.call_later(300ms, [] { say("later 300"); });
    loop.call_later(100ms, [] { say("later 100"); });
    loop.call_at(loop.time() + 200ms, [] { say("at 200 (first)"); });
    loop.call_later(200ms, [] { say("later 200 (second)"); });
    TimerHandle handle = loop.call_later(250ms, [] { say("never"); });
    loop.call_soon([] { say("soon"); });
    handle.cancel();
    say("scheduled");
    co_await sleep(500ms);
    say("done");
}

int main() { run(async_main()); }
