// expect: incomplete incomplete — the jobs, and nothing of main
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

std::string line(std::size_t k) { return "job " + std::to_string(k) + " end"; }

Transcript predict(const P& p) {
    Sheet s;
    std::vector<ms> free_at(p.workers, 0ms);
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        const auto worker = std::min_element(free_at.begin(), free_at.end());
        *worker = std::max(*worker, p.submit_at[k]) + p.duration[k];
        s.at(*worker, line(k));
    }
    return s.transcript();
}
