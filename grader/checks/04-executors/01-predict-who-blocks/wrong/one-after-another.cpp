// expect: wrong-order M02 — each task runs to its end before the next one begins
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

Transcript predict(const P& p) {
    Transcript lines;
    ms clock = 0ms;
    const auto block = [&] {
        clock += p.d_block;
        lines.push_back({clock, "block done"});
    };
    clock += p.d_pool;
    lines.push_back({clock, "pool done"});
    if (p.block_first) {
        block();
    }
    for (int i = 0; i < p.beats; ++i) {
        lines.push_back({clock, "beat " + std::to_string(i)});
        clock += p.beat;
    }
    clock += p.d_sleep;
    lines.push_back({clock, "sleep done"});
    if (!p.block_first) {
        block();
    }
    return lines;
}
