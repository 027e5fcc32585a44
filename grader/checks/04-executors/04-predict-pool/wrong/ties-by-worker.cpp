// expect: wrong-order tie — who ends together is told worker by worker, the last one first
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

std::string line(std::size_t k) { return "job " + std::to_string(k) + " end"; }

Transcript predict(const P& p) {
    std::vector<ms> free_at(p.workers, 0ms);
    std::vector<std::vector<Line>> lanes(p.workers);
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        const auto worker = std::min_element(free_at.begin(), free_at.end());
        *worker = std::max(*worker, p.submit_at[k]) + p.duration[k];
        lanes[worker - free_at.begin()].insert(lanes[worker - free_at.begin()].begin(),
                                               {*worker, line(k)});
    }
    Sheet s;
    for (auto lane = lanes.rbegin(); lane != lanes.rend(); ++lane) {
        for (const Line& one : *lane) {
            s.at(one.at, one.text);
        }
    }
    s.at(*std::max_element(free_at.begin(), free_at.end()), "all done");
    return s.transcript();
}
