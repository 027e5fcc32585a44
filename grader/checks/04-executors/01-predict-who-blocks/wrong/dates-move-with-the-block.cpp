// expect: wrong-order M18 — the block is added to every delay
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(p.d_block, "block done");
    s.at(p.block_first ? p.d_block : 0ms, "beat 0");
    s.at(std::max(p.d_pool, p.d_block), "pool done");
    s.at(p.d_block + p.d_sleep, "sleep done");
    for (int i = 1; i < p.beats; ++i) {
        s.at(p.d_block + i * p.beat, "beat " + std::to_string(i));
    }
    return s.transcript();
}
