// expect: wrong-order M28-waves — the next jobs begin when all workers are free
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

std::string line(std::size_t k) { return "job " + std::to_string(k) + " end"; }

Transcript predict(const P& p) {
    Sheet s;
    ms end = 0ms;
    const std::size_t jobs = p.duration.size();
    const std::size_t width = p.workers;
    for (std::size_t first = 0; first < jobs; first += width) {
        const ms start = end;
        for (std::size_t k = first; k < std::min(first + width, jobs); ++k) {
            const ms finished = std::max(start, p.submit_at[k]) + p.duration[k];
            s.at(finished, line(k));
            end = std::max(end, finished);
        }
    }
    s.at(end, "all done");
    return s.transcript();
}
