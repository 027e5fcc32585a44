// late_soon.cpp: three timers and one callback while main keeps the hands for 250 ms.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    auto& loop = get_running_loop();
    for (int d : {100, 200, 300}) {
        loop.call_later(ms{d}, [d] { say("timer {}", d); });
    }
    loop.call_soon([] { say("soon"); });
    say("blocking 250 ms");
    block_for(250ms);
    say("unblocked");
    co_await sleep(100ms);
    say("main done");
}

int main() { run(async_main()); }
