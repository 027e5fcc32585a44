// Every line with a key: when it is said, who goes first there, and its date.
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

#include <tuple>

Transcript predict(const P& p) {
    using Key = std::tuple<ms, int, ms, int>; // when; 0 tasks, 1 post, 2 timers; date; age
    std::vector<std::pair<Key, std::string>> lines;
    const ms begin = p.block_first ? p.d_block : 0ms;
    const ms free = p.d_block;
    lines.push_back({{free, 0, 0ms, 0}, "block done"});
    lines.push_back({{begin, 0, 0ms, 1}, "beat 0"});
    lines.push_back({{p.d_pool < free ? free : p.d_pool, 1, 0ms, 0}, "pool done"});
    const ms slept = begin + p.d_sleep;
    lines.push_back({{slept < free ? free : slept, 2, slept, 1}, "sleep done"});
    ms date = begin + p.beat;
    for (int i = 1; i < p.beats; ++i) {
        const ms served = date < free ? free : date;
        lines.push_back({{served, 2, date, i == 1 ? 0 : 2}, "beat " + std::to_string(i)});
        date = served + p.beat;
    }
    std::sort(lines.begin(), lines.end());
    Transcript said;
    for (const auto& [key, text] : lines) {
        said.push_back({std::get<0>(key), text});
    }
    return said;
}
