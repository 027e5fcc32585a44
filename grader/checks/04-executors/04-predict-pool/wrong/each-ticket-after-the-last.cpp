// expect: wrong-time idle-worker — a ticket sleeps when the one before it has handed in
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

std::string line(std::size_t k) { return "job " + std::to_string(k) + " end"; }

Transcript predict(const P& p) {
    Sheet s;
    std::vector<ms> free_at(p.workers, 0ms);
    ms handed_in = 0ms;
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        handed_in += p.submit_at[k];
        const auto worker = std::min_element(free_at.begin(), free_at.end());
        *worker = std::max(*worker, handed_in) + p.duration[k];
        s.at(*worker, line(k));
    }
    s.at(*std::max_element(free_at.begin(), free_at.end()), "all done");
    return s.transcript();
}
