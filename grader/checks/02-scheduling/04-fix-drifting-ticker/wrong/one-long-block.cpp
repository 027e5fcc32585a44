// expect: wrong-content M25 — one block for the work and the rest of its last period
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        block_for((work(i) / period + 1) * period);
    }
    co_return;
}
