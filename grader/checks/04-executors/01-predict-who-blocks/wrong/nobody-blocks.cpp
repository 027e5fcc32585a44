// expect: wrong-order M25 — every bar has hands of its own
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

Transcript predict(const P& p) {
    Sheet s;
    for (int i = 0; i < p.beats; ++i) {
        s.at(i * p.beat, "beat " + std::to_string(i));
    }
    s.at(p.d_pool, "pool done");
    s.at(p.d_sleep, "sleep done");
    s.at(p.d_block, "block done");
    return s.transcript();
}
