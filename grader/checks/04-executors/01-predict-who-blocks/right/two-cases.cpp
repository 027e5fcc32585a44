// Each order written out by itself; the sleep stated where its date puts it.
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

Transcript predict(const P& p) {
    Sheet s;
    const auto beats_after = [&](ms last) {
        for (int i = 2; i < p.beats; ++i) {
            last += p.beat;
            s.at(last, "beat " + std::to_string(i));
        }
    };
    if (p.block_first) {
        s.at(p.d_block, "block done");
        s.at(p.d_block, "beat 0");
        s.at(std::max(p.d_block, p.d_pool), "pool done");
        s.at(p.d_block + p.d_sleep, "sleep done");
        s.at(p.d_block + p.beat, "beat 1");
        beats_after(p.d_block + p.beat);
        return s.transcript();
    }
    s.at(0ms, "beat 0");
    s.at(p.d_block, "block done");
    s.at(std::max(p.d_block, p.d_pool), "pool done");
    const ms first = std::max(p.beat, p.d_block);
    if (p.d_sleep < p.beat) {
        s.at(std::max(p.d_sleep, p.d_block), "sleep done");
        s.at(first, "beat 1");
    } else {
        s.at(first, "beat 1");
        s.at(std::max(p.d_sleep, p.d_block), "sleep done");
    }
    beats_after(first);
    return s.transcript();
}
