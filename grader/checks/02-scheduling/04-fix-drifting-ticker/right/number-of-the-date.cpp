// Works out the number of the next date from the clock, and does not wait behind the last tick.
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    auto& loop = get_running_loop();
    const time_point begin = loop.time();
    const auto one_tick = [&](int i) {
        say("tick {}", i);
        block_for(work(i));
    };
    for (int i = 0; i < ticks; ++i) {
        if (i > 0) {
            const auto passed = (loop.time() - begin) / period;
            co_await sleep(begin + (passed + 1) * period - loop.time());
        }
        one_tick(i);
    }
}
