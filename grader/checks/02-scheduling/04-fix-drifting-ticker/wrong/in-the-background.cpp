// expect: incomplete M09 — a task ticks, and nobody waits for it
#include <aio/lab.hpp>
using namespace aio;

Coro<> on_the_grid(ms period, int ticks, std::function<ms(int)> work) {
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        const ms busy = work(i);
        block_for(busy);
        co_await sleep(period - busy % period);
    }
}

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    auto running = create_task(on_the_grid(period, ticks, work));
    co_await sleep(0ms);
}
