// expect: wrong-order begins-before-its-turn — written for the published order of the tasks
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, "beat 0");
    s.at(p.d_block, "block done");
    s.at(std::max(p.d_block, p.d_pool), "pool done");
    ms t = std::max(p.d_block, p.beat);
    s.at(t, "beat 1");
    for (int i = 2; i < p.beats; ++i) {
        t += p.beat;
        s.at(t, "beat " + std::to_string(i));
    }
    s.at(std::max(p.d_block, p.d_sleep), "sleep done");
    return s.transcript();
}
