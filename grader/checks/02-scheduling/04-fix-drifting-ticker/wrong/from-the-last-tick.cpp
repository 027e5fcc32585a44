// expect: wrong-time M17-new-grid — the next date is the begin of this tick plus the period
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    auto& loop = get_running_loop();
    for (int i = 0; i < ticks; ++i) {
        const auto begin = loop.time();
        say("tick {}", i);
        block_for(work(i));
        const auto left = begin + period - loop.time();
        if (left > 0ms) {
            co_await sleep(left);
        }
    }
}
