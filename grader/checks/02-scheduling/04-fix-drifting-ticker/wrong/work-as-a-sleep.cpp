// expect: wrong-content work-left-out — sleeps for the work instead of doing it
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        co_await sleep(work(i));
        co_await sleep(period - work(i) % period);
    }
}
