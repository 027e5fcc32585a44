// expect: wrong-time before-it-came — all jobs stand at the hatch from the start
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

#include <queue>

Transcript predict(const P& p) {
    std::priority_queue<ms, std::vector<ms>, std::greater<>> free_at;
    for (int i = 0; i < p.workers; ++i) {
        free_at.push(0ms);
    }
    Sheet s;
    ms last = 0ms;
    int number = 0;
    for (const ms d : p.duration) {
        const ms end = free_at.top() + d;
        free_at.pop();
        free_at.push(end);
        last = std::max(last, end);
        s.at(end, "job " + std::to_string(number++) + " end");
    }
    s.at(last, "all done");
    return s.transcript();
}
