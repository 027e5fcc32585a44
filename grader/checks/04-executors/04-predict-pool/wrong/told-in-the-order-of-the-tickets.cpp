// expect: wrong-order M05 — a job that is done waits for those before it
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

std::string line(std::size_t k) { return "job " + std::to_string(k) + " end"; }

Transcript predict(const P& p) {
    Transcript lines;
    std::vector<ms> free_at(p.workers, 0ms);
    ms told = 0ms;
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        const auto worker = std::min_element(free_at.begin(), free_at.end());
        *worker = std::max(*worker, p.submit_at[k]) + p.duration[k];
        told = std::max(told, *worker);
        lines.push_back({told, line(k)});
    }
    lines.push_back({told, "all done"});
    return lines;
}
