// zero.cpp: goes wrong: a delay of zero jumps no queue.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    loop.call_later(0ms, [] { say("urgent?"); });
    loop.call_soon([] { say("ticket"); });
    co_await sleep(0ms);
    say("main again");
}

int main() { run(async_main()); }
