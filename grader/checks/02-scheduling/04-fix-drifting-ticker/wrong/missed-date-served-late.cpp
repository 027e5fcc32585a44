// expect: wrong-time late-tick — skips all missed dates but one, which it serves at once
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    auto& loop = get_running_loop();
    const time_point begin = loop.time();
    auto next = begin;
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        block_for(work(i));
        next += period;
        if (next < loop.time()) {
            next =
                begin + (loop.time() - begin) / period * period; // the last date that has gone by
        }
        co_await sleep(next - loop.time());
    }
}
