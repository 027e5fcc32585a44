// expect: wrong-order post-comes-first — whoever is late is served by date, the job too
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

#include <map>

Transcript predict(const P& p) {
    const ms begin = p.block_first ? p.d_block : 0ms;
    std::multimap<ms, std::string> by_date;
    by_date.insert({begin + p.d_sleep, "sleep done"});
    by_date.insert({begin + p.beat, "beat 1"});
    const ms first = std::max(begin + p.beat, p.d_block);
    for (int i = 2; i < p.beats; ++i) {
        by_date.insert({first + (i - 1) * p.beat, "beat " + std::to_string(i)});
    }
    by_date.insert({p.d_pool, "pool done"});
    Sheet s;
    s.at(p.d_block, "block done");
    s.at(begin, "beat 0");
    for (const auto& [date, text] : by_date) {
        s.at(date < p.d_block ? p.d_block : date, text);
    }
    return s.transcript();
}
