// expect: wrong-order M28 — every job has a worker at once
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

std::string line(std::size_t k) { return "job " + std::to_string(k) + " end"; }

Transcript predict(const P& p) {
    Sheet s;
    ms total = 0ms;
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        s.at(p.submit_at[k] + p.duration[k], line(k));
        total = std::max(total, p.submit_at[k] + p.duration[k]);
    }
    s.at(total, "all done");
    return s.transcript();
}
