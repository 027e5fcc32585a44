// expect: wrong-order queue-jumped — of those who wait the quickest job is next
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

std::string line(std::size_t k) { return "job " + std::to_string(k) + " end"; }

// Whenever a worker is free, one of those who wait gets it.
Transcript predict(const P& p) {
    Sheet s;
    std::vector<bool> taken(p.duration.size(), false);
    std::vector<ms> free_at(p.workers, 0ms);
    for (std::size_t done = 0; done < p.duration.size(); ++done) {
        ms& worker = *std::min_element(free_at.begin(), free_at.end());
        ms first = ms::max();
        for (std::size_t k = 0; k < taken.size(); ++k) {
            if (!taken[k]) {
                first = std::min(first, p.submit_at[k]);
            }
        }
        worker = std::max(worker, first);
        std::size_t next = taken.size();
        for (std::size_t k = 0; k < taken.size(); ++k) {
            const bool waits = !taken[k] && p.submit_at[k] <= worker;
            if (waits && (next == taken.size() || p.duration[k] < p.duration[next])) {
                next = k;
            }
        }
        taken[next] = true;
        worker += p.duration[next];
        s.at(worker, line(next));
    }
    s.at(*std::max_element(free_at.begin(), free_at.end()), "all done");
    return s.transcript();
}
