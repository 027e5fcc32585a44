// expect: wrong-content M08 — takes the next finished task each time and keeps that order
#include <aio/lab.hpp>
using namespace aio;

struct Job {
    std::string name;
    ms delay;
    int value;
};

Coro<int> work(Job job) {
    co_await sleep(job.delay);
    co_return job.value;
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    std::vector<Task<int>> open;
    for (const Job& job : jobs) {
        open.push_back(create_task(work(job), job.name));
    }
    std::vector<int> values;
    std::string best;
    while (!open.empty()) {
        auto [done, pending] = co_await wait(open, When::first_completed);
        for (auto& task : done) {
            values.push_back(task.result());
            say("{}/{} {}", values.size(), jobs.size(), task.name());
            best = best.empty() ? task.name() : best;
        }
        open = pending;
    }
    say("best: {}", best);
    co_return values;
}
