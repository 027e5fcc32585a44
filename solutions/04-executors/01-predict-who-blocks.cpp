// 04-executors/01 predict-who-blocks, solved: a thick bar in the loop's lane, and
// nobody in that lane speaks beside it.
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

Transcript predict(const P& p) {
    Sheet s;
    // 1 tasks take their first steps in the order in which they were created, all in
    //   one turn. Behind a blocker the heartbeat and the sleeper begin at its end.
    const ms begin = p.block_first ? p.d_block : 0ms;
    s.at(p.d_block, "block done");
    s.at(begin, "beat 0");

    // 2 the job's bar is in another lane, so it ends at d_pool in any case. Its line is
    //   said in the loop's lane, which hears of it when it is free; at one instant a
    //   post comes before the timers (R7).
    s.at(std::max(p.d_pool, p.d_block), "pool done");

    // 3 the first two timers have fixed dates. They are served by date, but not before
    //   the end of the block (R8): so they are sorted before they are delayed.
    Sheet due;
    due.at(begin + p.beat, "beat 1");
    due.at(begin + p.d_sleep, "sleep done");
    for (const Line& timer : due.transcript()) {
        s.at(std::max(timer.at, p.d_block), timer.text);
    }

    // 4 each later beat sleeps from the beat before it, late or not. At a tie the sleep
    //   goes first: its timer was set earlier.
    const ms first = std::max(begin + p.beat, p.d_block);
    for (int i = 2; i < p.beats; ++i) {
        s.at(first + (i - 1) * p.beat, "beat " + std::to_string(i));
    }
    return s.transcript();
}
