// delay_as_date.cpp: goes wrong: call_at wants a date on the loop's clock, and 300 ms
// are over.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    co_await sleep(500ms);
    loop.call_at(time_point{300ms}, [] { say("meant for 800"); });
    loop.call_at(loop.time() + 300ms, [] { say("300 ms from now"); });
    co_await sleep(400ms);
}

int main() { run(async_main()); }
