// expect: incomplete skipped-counted — goes through the dates and leaves out those that are missed
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    const time_point begin = get_running_loop().time();
    int said = 0;
    for (int date = 0; date < ticks; ++date) {
        const auto left = begin + date * period - get_running_loop().time();
        if (left < 0ms) {
            continue;
        }
        if (left > 0ms) {
            co_await sleep(left);
        }
        say("tick {}", said);
        block_for(work(said));
        ++said;
    }
}
