// expect: wrong-order M28 — a job gets older in the queue, and needs a worker for the rest only
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

Transcript predict(const P& p) {
    Transcript lines;
    std::vector<ms> free_at(p.workers);
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        std::sort(free_at.begin(), free_at.end());
        const ms end = std::max(free_at[0], p.submit_at[k] + p.duration[k]);
        free_at[0] = end;
        lines.push_back({end, "job " + std::to_string(k) + " end"});
    }
    const auto earlier = [](const Line& a, const Line& b) { return a.at < b.at; };
    std::stable_sort(lines.begin(), lines.end(), earlier);
    lines.push_back({lines.back().at, "all done"});
    return lines;
}
