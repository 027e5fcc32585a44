// expect: wrong-time M01 — calls sleep and does not await it
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    auto next = now();
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        block_for(work(i));
        while (next <= now()) {
            next += period;
        }
        auto rest = sleep(next - now());
    }
    co_return;
}
