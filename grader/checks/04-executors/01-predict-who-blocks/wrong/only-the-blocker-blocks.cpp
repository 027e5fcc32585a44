// expect: wrong-order M25 — timers ring beside the block; the worker waits for its end
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

std::string beat(int i) { return "beat " + std::to_string(i); }

Transcript predict(const P& p) {
    std::vector<Line> lines;
    ms clock = p.block_first ? p.d_block : 0ms;
    lines.push_back({clock + p.d_sleep, "sleep done"});
    if (!p.block_first) {
        lines[0].at = p.d_sleep;
    }
    int i = 0;
    while (i < p.beats) {
        lines.push_back({clock, beat(i++)});
        clock += p.beat;
    }
    Sheet s;
    s.at(p.d_block, "block done");
    s.at(std::max(p.d_block, p.d_pool), "pool done");
    for (const Line& line : lines) {
        s.at(line.at, line.text);
    }
    return s.transcript();
}
