// expect: wrong-time M03 — makes a task of the sleep, which is to begin in front of the work
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        auto rest = create_task(sleep(period));
        block_for(work(i));
        co_await rest;
    }
}
