// expect: wrong-time M17-new-grid — takes the work off the period; a long work moves the grid
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        const ms busy = work(i);
        block_for(busy);
        co_await sleep(period - busy); // negative: at once
    }
}
