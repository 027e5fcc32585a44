// 02-scheduling/04 fix-drifting-ticker, solved: one variable, the date of the next
// tick.
#include <aio/lab.hpp>
using namespace aio;

/// Says "tick 0", "tick 1", ... on a grid of `period` that begins with the first tick.
Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    // 1 a date, not a delay. It is read from the clock once and after that only moved
    //   by whole periods, so no work can push it off the grid.
    time_point next = get_running_loop().time();

    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        block_for(work(i));

        // 2 the next date that is still ahead. One step is enough after a short work;
        //   after a long one the steps pass over the dates that were missed.
        while (next <= get_running_loop().time()) {
            next += period;
        }

        // 3 a sleep takes a span, so it gets what is left until that date.
        co_await sleep(next - get_running_loop().time());
    }
}
