// expect: wrong-time M15 — sleeps for as many periods as the ticker has made
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    for (int i = 0; i < ticks; i++) {
        say("tick {}", i);
        block_for(work(i));
        co_await sleep((i + 1) * period);
    }
}
