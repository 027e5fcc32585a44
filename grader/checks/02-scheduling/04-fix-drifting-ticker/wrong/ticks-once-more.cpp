// expect: wrong-time late-tick — a long work is followed at once by the tick that it covered
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    const ms begin = now();
    bool late = false;
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        const ms date = begin + (now() - begin) / period * period;
        block_for(work(i));
        late = !late && now() > date + period;
        if (!late) {
            co_await sleep(period - (now() - begin) % period);
        }
    }
}
