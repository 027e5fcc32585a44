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
    // 1 tasks take their first steps in the order in which they were created, all in
    //   one turn. Behind a blocker the heartbeat and the sleeper begin at its end.
    const ms begin = p.block_first ? p.d_block : 0ms;
    Sheet s;
    s.at(p.d_block, "block done");
    s.at(begin, "beat 0");

    // 2 when the loop's lane is busy, whoever becomes due waits for its end.
    const auto served = [&](ms date) { return std::max(date, p.d_block); };

    // 3 the job's bar is in another lane, so it ends at d_pool in any case. Its line is
    //   said in the loop's lane; at one instant a post comes before the timers (R7).
    s.at(served(p.d_pool), "pool done");

    // 4 the first two timers have fixed dates. They are served by date (R8), so they
    //   are sorted before they are delayed.
    Sheet due;
    due.at(begin + p.beat, "beat 1");
    due.at(begin + p.d_sleep, "sleep done");
    for (const Line& timer : due.transcript()) {
        s.at(served(timer.at), timer.text);
    }

    // 5 each later beat sleeps from the beat before it, late or not. At a tie the sleep
    //   goes first: its timer was set earlier.
    const ms first = served(begin + p.beat);
    for (int i = 2; i < p.beats; ++i) {
        s.at(first + (i - 1) * p.beat, "beat " + std::to_string(i));
    }
    return s.transcript();
}
