// 02-scheduling/03 predict-late-timers, solved: what lies under the block slides to its
// end.
#include <ex.hpp>

#include <algorithm>

struct P {
    std::vector<ms> timers;
    ms block;
    ms main_sleep;
};

Transcript predict(const P& p) {
    Sheet s;
    // 1 main keeps the hands while it blocks and on to its first real wait, so its
    // second
    //   line comes before everybody else's. The callback has stood on the ready queue
    //   since 0; the late timers join behind it when the next turn begins (R5a).
    s.at(0ms, "blocking " + std::to_string(p.block.count()) + " ms");
    s.at(p.block, "unblocked");
    s.at(p.block, "soon");

    // 2 a date is fixed when the timer is set. One that lies under the block is served
    // at
    //   its end, any other on time. Late timers share an instant, where the Sheet keeps
    //   the order of the facts, so they are stated by deadline (R8).
    std::vector<ms> by_deadline = p.timers;
    std::sort(by_deadline.begin(), by_deadline.end());
    for (const ms d : by_deadline) {
        s.at(std::max(d, p.block), "timer " + std::to_string(d.count()));
    }

    // 3 main's sleep begins after the block. It is stated last because a timer that
    // ends
    //   at the same instant was set earlier (R7).
    s.at(p.block + p.main_sleep, "main done");
    return s.transcript();
}
