// expect: wrong-order worker-waits — the pool gets to its job when the block is over
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
    s.at(p.d_block + p.d_pool, "pool done");
    Sheet due;
    due.at(begin + p.beat, "beat 1");
    due.at(begin + p.d_sleep, "sleep done");
    for (const Line& timer : due.transcript()) {
        s.at(std::max(timer.at, p.d_block), timer.text);
    }
    const ms first = std::max(begin + p.beat, p.d_block);
    for (int i = 2; i < p.beats; ++i) {
        s.at(first + (i - 1) * p.beat, "beat " + std::to_string(i));
    }
    return s.transcript();
}
