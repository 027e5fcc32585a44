// expect: wrong-order fixed-lanes — job k belongs to worker k modulo workers
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

std::string line(std::size_t k) { return "job " + std::to_string(k) + " end"; }

Transcript predict(const P& p) {
    Sheet s;
    std::vector<ms> lanes(p.workers, 0ms);
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        ms& lane = lanes[k % lanes.size()];
        lane = std::max(lane, p.submit_at[k]) + p.duration[k];
        s.at(lane, line(k));
    }
    s.at(*std::max_element(lanes.begin(), lanes.end()), "all done");
    return s.transcript();
}
