// expect: wrong-content skipped-counted — says the number of the date, not that of the tick
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    auto& loop = get_running_loop();
    const time_point begin = loop.time();
    long date = 0;
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", date);
        block_for(work(i));
        date = (loop.time() - begin) / period + 1;
        co_await sleep(begin + date * period - loop.time());
    }
}
