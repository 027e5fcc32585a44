// expect: wrong-time catch-up-burst — moves the date by one period, however many were missed
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    auto& loop = get_running_loop();
    auto next = loop.time();
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        block_for(work(i));
        next += period;
        co_await sleep(next - loop.time());
    }
}
