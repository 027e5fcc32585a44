// expect: wrong-order all-done — all are done when the last one that was handed in is
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

std::string line(std::size_t k) { return "job " + std::to_string(k) + " end"; }

Transcript predict(const P& p) {
    Sheet s;
    std::vector<ms> free_at(p.workers, 0ms);
    ms total = 0ms;
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        const auto worker = std::min_element(free_at.begin(), free_at.end());
        total = std::max(*worker, p.submit_at[k]) + p.duration[k];
        *worker = total;
        s.at(total, line(k));
    }
    s.at(total, "all done");
    return s.transcript();
}
