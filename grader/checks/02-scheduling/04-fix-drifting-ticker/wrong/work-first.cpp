// expect: wrong-time M17 — does the work before the line, and sleeps for the period all the same
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    for (int i = 0; i < ticks; ++i) {
        block_for(work(i));
        say("tick {}", i);
        co_await sleep(period);
    }
}
