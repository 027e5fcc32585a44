// expect: wrong-time catch-up-burst — works out each date from the number of the tick
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    const ms begin = now();
    int i = 0;
    while (i < ticks) {
        say("tick {}", i);
        block_for(work(i++));
        const ms left = begin + i * period - now();
        co_await sleep(std::max(left, 0ms));
    }
}
