// expect: wrong-time M17 — moves the sleep to the front of the lap, where it costs the same
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    int done = 0;
    while (done < ticks) {
        if (done > 0) {
            co_await sleep(period);
        }
        say("tick {}", done);
        block_for(work(done));
        ++done;
    }
}
