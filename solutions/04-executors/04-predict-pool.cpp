// 04-executors/04 predict-pool, solved: one lane for each worker, and a queue before
// them.
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

Transcript predict(const P& p) {
    Sheet s;
    // 1 a lane is known by the time at which its worker is free again.
    std::vector<ms> free_at(p.workers, 0ms);
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        // 2 first come, first served: job k is planned when all jobs before it are, and
        //   it gets the worker who is free first. That may be long before it comes.
        ms& lane = *std::min_element(free_at.begin(), free_at.end());
        lane = std::max(lane, p.submit_at[k]) + p.duration[k];

        // 3 jobs that end together began in the order of their numbers, and so they
        //   post (R9). The Sheet keeps that order.
        s.at(lane, "job " + std::to_string(k) + " end");
    }
    // 4 gather waits for all of them: for the lane that is the last to be free.
    s.at(*std::max_element(free_at.begin(), free_at.end()), "all done");
    return s.transcript();
}
