// expect: wrong-time M15 — sleeps for the date, counted from the beginning of the clock
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    time_point next = get_running_loop().time();
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        block_for(work(i));
        next += period;
        co_await sleep(next.time_since_epoch());
    }
}
