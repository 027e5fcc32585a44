// No lanes: a job begins as soon as fewer than `workers` of those before it still work.
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

Transcript predict(const P& p) {
    std::vector<ms> ends;
    Sheet s;
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        const auto busy = [&](ms time) {
            return std::count_if(ends.begin(), ends.end(), [&](ms end) { return end > time; });
        };
        ms begin = p.submit_at[k];
        while (busy(begin) >= p.workers) {
            begin += 1ms;
        }
        ends.push_back(begin + p.duration[k]);
        s.at(ends.back(), "job " + std::to_string(k) + " end");
    }
    s.at(*std::max_element(ends.begin(), ends.end()), "all done");
    return s.transcript();
}
