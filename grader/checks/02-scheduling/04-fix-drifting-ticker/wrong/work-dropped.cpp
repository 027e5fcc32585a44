// expect: wrong-time work-left-out — without the work nothing drifts
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        work(i);
        co_await sleep(period);
    }
}
