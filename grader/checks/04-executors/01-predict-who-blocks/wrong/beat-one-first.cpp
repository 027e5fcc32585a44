// expect: wrong-order M14 — beat 1 speaks before the sleep, whichever of them is due earlier
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

Transcript predict(const P& p) {
    Sheet s;
    const ms start = p.block_first ? p.d_block : 0ms;
    if (p.block_first)
        s.at(p.d_block, "block done");
    s.at(start, "beat 0");
    if (!p.block_first)
        s.at(p.d_block, "block done");
    s.at(std::max(p.d_block, p.d_pool), "pool done");
    ms t = std::max(p.d_block, start + p.beat);
    s.at(t, "beat 1");
    s.at(std::max(p.d_block, start + p.d_sleep), "sleep done");
    for (int i = 2; i < p.beats; ++i) {
        t += p.beat;
        s.at(t, "beat " + std::to_string(i));
    }
    return s.transcript();
}
