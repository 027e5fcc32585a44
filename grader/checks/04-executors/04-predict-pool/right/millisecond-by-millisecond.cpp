// A clock that ticks, workers that count down, and a queue.
#include <ex.hpp>
#include <deque>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

Transcript predict(const P& p) {
    struct Worker {
        int job = -1;
        ms left{};
    };
    std::vector<Worker> workers(p.workers);
    std::deque<int> queue;
    Transcript said;
    const std::size_t jobs = p.duration.size();
    std::size_t came = 0;
    for (ms clock = 0ms;; clock += 10ms) {
        std::vector<int> ended;
        for (Worker& worker : workers) {
            if (worker.job >= 0 && (worker.left -= clock > 0ms ? 10ms : 0ms) == 0ms) {
                ended.push_back(worker.job);
                worker.job = -1;
            }
        }
        std::sort(ended.begin(), ended.end());
        for (const int job : ended) {
            said.push_back({clock, "job " + std::to_string(job) + " end"});
        }
        if (said.size() == jobs) {
            said.push_back({clock, "all done"});
            return said;
        }
        while (came < jobs && p.submit_at[came] == clock) {
            queue.push_back(static_cast<int>(came++));
        }
        for (Worker& worker : workers) {
            if (worker.job < 0 && !queue.empty()) {
                worker = {queue.front(), p.duration[queue.front()]};
                queue.pop_front();
            }
        }
    }
}
