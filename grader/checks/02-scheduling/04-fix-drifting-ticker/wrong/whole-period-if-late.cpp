// expect: wrong-time M17-rest — a tick that took too long is followed by a whole period of rest
#include <aio/lab.hpp>
using namespace aio;

Coro<> lap(ms period, ms busy) {
    block_for(busy);
    if (busy < period) {
        co_await sleep(period - busy);
    } else {
        co_await sleep(period);
    }
}

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        co_await lap(period, work(i));
    }
}
