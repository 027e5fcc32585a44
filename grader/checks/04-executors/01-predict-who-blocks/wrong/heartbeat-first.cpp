// expect: wrong-order filed-first — at one instant they speak as they were created
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
    const ms first = std::max(begin + p.beat, p.d_block);
    for (int i = 1; i < p.beats; ++i) {
        s.at(first + (i - 1) * p.beat, "beat " + std::to_string(i));
    }
    s.at(std::max(begin + p.d_sleep, p.d_block), "sleep done");
    return s.transcript();
}
