// expect: wrong-order loop-cuts-in — who was late is served before the blocker goes on
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

Transcript predict(const P& p) {
    const auto served = [&p](ms date) { return date > p.d_block ? date : p.d_block; };
    const ms begin = p.block_first ? p.d_block : 0ms;
    Sheet s;
    s.at(begin, "beat 0");
    s.at(served(p.d_pool), "pool done");
    if (p.d_sleep < p.beat) {
        s.at(served(begin + p.d_sleep), "sleep done");
        s.at(served(begin + p.beat), "beat 1");
    } else {
        s.at(served(begin + p.beat), "beat 1");
        s.at(served(begin + p.d_sleep), "sleep done");
    }
    s.at(p.d_block, "block done");
    for (int i = 2; i < p.beats; ++i) {
        s.at(served(begin + p.beat) + (i - 1) * p.beat, "beat " + std::to_string(i));
    }
    return s.transcript();
}
