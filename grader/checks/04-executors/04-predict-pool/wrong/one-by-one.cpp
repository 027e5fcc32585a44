// expect: wrong-order M28-one-by-one — one job after the other, however many workers
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

std::string line(std::size_t k) { return "job " + std::to_string(k) + " end"; }

Transcript predict(const P& p) {
    Sheet s;
    ms clock = 0ms;
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        clock = std::max(clock, p.submit_at[k]) + p.duration[k];
        s.at(clock, line(k));
    }
    s.at(clock, "all done");
    return s.transcript();
}
