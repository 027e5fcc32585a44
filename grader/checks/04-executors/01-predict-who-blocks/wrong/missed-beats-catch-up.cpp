// expect: wrong-order beats-catch-up — each beat has a date on a grid
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

Transcript predict(const P& p) {
    Sheet s;
    const ms begin = p.block_first ? p.d_block : 0ms;
    s.at(p.d_block, "block done");
    s.at(begin, "beat 0");
    s.at(std::max(p.d_pool, p.d_block), "pool done");
    Sheet due;
    due.at(begin + p.d_sleep, "sleep done");
    for (int i = 1; i < p.beats; ++i) {
        due.at(begin + i * p.beat, "beat " + std::to_string(i));
    }
    for (const Line& timer : due.transcript()) {
        s.at(std::max(timer.at, p.d_block), timer.text);
    }
    return s.transcript();
}
