// expect: wrong-time first-tick-late — right dates, but the wait stands in front of each tick
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    auto& loop = get_running_loop();
    auto next = loop.time();
    for (int i = 0; i < ticks; ++i) {
        while (next <= loop.time()) {
            next += period;
        }
        co_await sleep(next - loop.time());
        say("tick {}", i);
        block_for(work(i));
    }
}
