// expect: wrong-time M26 — run_in_executor comes back when the job is done
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

Transcript predict(const P& p) {
    const ms start = p.d_pool;
    const ms free = start + p.d_block;
    const ms begin = p.block_first ? free : start;
    Sheet s;
    s.at(free, "block done");
    s.at(begin, "beat 0");
    s.at(free, "pool done");
    const ms first = std::max(begin + p.beat, free);
    const ms slept = std::max(begin + p.d_sleep, free);
    if (p.d_sleep < p.beat) {
        s.at(slept, "sleep done");
    }
    s.at(first, "beat 1");
    if (p.d_sleep >= p.beat) {
        s.at(slept, "sleep done");
    }
    for (int i = 2; i < p.beats; ++i) {
        s.at(first + (i - 1) * p.beat, "beat " + std::to_string(i));
    }
    return s.transcript();
}
