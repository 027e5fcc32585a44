// 02-scheduling/04 fix-drifting-ticker: a clock hand that stays on its dates.
// Read lessons/02-scheduling first. Edit only this file. Check it:  ./lab check 02-4
//
// A ticker says "tick 0", works, sleeps for the period, says "tick 1", and so on. It is
// to tick at once and then a whole number of periods later each time: at 0, p, 2p, ...
// But a lap costs the work and the period, so it drifts. Keep it a coroutine, and make
// it stay on this grid.
//
// work(i) tells how long tick i blocks. The work stays as it is: the ticker blocks for
// that long right after the line of the tick. If the work takes longer than the period,
// skip the dates that were missed: the next tick comes on the first date that is still
// ahead. A date that is skipped gets no number, and exactly `ticks` lines are said.
//
// The checker starts the ticker at 0 or at another multiple of the period, and no work
// ends on a date of the grid. With a period of 100 ms and works of 30 ms the ticks come
// at 0, 100 and 200; a tick at 0 that works for 250 ms is followed by the tick at 300.
//
// With a period of 100 ms and works of 30, 30, 250, 30 and 30 ms the transcript must be
//   [    0] tick 0
//   [  100] tick 1
//   [  200] tick 2
//   [  500] tick 3
//   [  600] tick 4
//
// Rules you need: R6 (when time moves), R8 (delays are minimums).
#include <aio/lab.hpp>
using namespace aio;

/// Says "tick 0", "tick 1", ... on a grid of `period` that begins with the first tick.
Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        block_for(work(i));
        // TODO(1): how far away is the date of the next tick when the work is done?
        // TODO(2): which date is the next one if the work has taken several periods?
        co_await sleep(period);
    }
}
