// expect: wrong-content M25 — finds the right date and blocks until it comes
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
        block_for(next - now());
    }
    co_return;
}
