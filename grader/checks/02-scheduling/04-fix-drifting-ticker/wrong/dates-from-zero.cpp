// expect: wrong-time M15-clock — counts periods from the zero of the clock, not from its first tick
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    int date = 0;
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        const ms busy = work(i);
        block_for(busy);
        date += 1 + static_cast<int>(busy / period);
        const time_point next{date * period};
        co_await sleep(next - get_running_loop().time());
    }
}
