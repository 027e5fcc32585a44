// A loop of its own: a drawer of dates, a clock, and nobody is served in the block.
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

#include <map>

Transcript predict(const P& p) {
    // Date and sequence number; the job's post has a number below all of them.
    std::map<std::pair<ms, int>, int> drawer; // what: -1 the job, -2 the sleep, else a beat
    drawer[{p.d_pool, 0}] = -1;
    int sequence = 0;
    ms clock = 0ms;
    Transcript said;
    const auto block = [&] {
        clock += p.d_block;
        said.push_back({clock, "block done"});
    };
    if (p.block_first) {
        block();
    }
    said.push_back({clock, "beat 0"});
    drawer[{clock + p.beat, ++sequence}] = 1;
    drawer[{clock + p.d_sleep, ++sequence}] = -2;
    if (!p.block_first) {
        block();
    }
    while (!drawer.empty()) {
        auto next = drawer.begin();
        for (auto it = drawer.begin(); it != drawer.end(); ++it) {
            if (it->second == -1 && it->first.first <= std::max(clock, next->first.first)) {
                next = it; // a post that is there comes before the timers
                break;
            }
        }
        const int what = next->second;
        clock = std::max(clock, next->first.first);
        drawer.erase(next);
        if (what == -1) {
            said.push_back({clock, "pool done"});
        } else if (what == -2) {
            said.push_back({clock, "sleep done"});
        } else {
            said.push_back({clock, "beat " + std::to_string(what)});
            if (what + 1 < p.beats) {
                drawer[{clock + p.beat, ++sequence}] = what + 1;
            }
        }
    }
    return said;
}
