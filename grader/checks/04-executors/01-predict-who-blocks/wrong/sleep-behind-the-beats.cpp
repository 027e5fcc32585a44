// expect: wrong-order filed-first — a sleep that lasts longer than a beat speaks after it at a tie
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
    const ms sl = std::max(p.d_block, start + p.d_sleep);
    if (p.d_sleep < p.beat)
        s.at(sl, "sleep done");
    s.at(t, "beat 1");
    for (int i = 2; i < p.beats; ++i) {
        t += p.beat;
        s.at(t, "beat " + std::to_string(i));
    }
    if (p.d_sleep > p.beat)
        s.at(sl, "sleep done");
    return s.transcript();
}
