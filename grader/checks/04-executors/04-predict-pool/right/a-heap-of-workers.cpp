// Who is free first stands on top of a heap; the lines are sorted at the end.
#include <ex.hpp>
#include <queue>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

Transcript predict(const P& p) {
    std::priority_queue<ms, std::vector<ms>, std::greater<>> free_at;
    for (int i = 0; i < p.workers; ++i) {
        free_at.push(0ms);
    }
    std::vector<std::pair<ms, std::size_t>> ends;
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        const ms begin = std::max(free_at.top(), p.submit_at[k]);
        free_at.pop();
        free_at.push(begin + p.duration[k]);
        ends.emplace_back(begin + p.duration[k], k);
    }
    std::sort(ends.begin(), ends.end());
    Transcript said;
    for (const auto& [end, k] : ends) {
        said.push_back({end, "job " + std::to_string(k) + " end"});
    }
    said.push_back({ends.back().first, "all done"});
    return said;
}
