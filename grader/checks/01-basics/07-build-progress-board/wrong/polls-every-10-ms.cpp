// expect: wrong-content M46 — wakes up every 10 ms and looks which task is done
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
    std::vector<Task<int>> tasks;
    for (const Job& job : jobs) {
        tasks.push_back(create_task(work(job)));
    }
    std::vector<bool> seen(jobs.size());
    std::size_t finished = 0;
    std::string best;
    while (finished < jobs.size()) {
        co_await sleep(10ms);
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            if (!seen[i] && tasks[i].done()) {
                seen[i] = true;
                best = finished == 0 ? jobs[i].name : best;
                say("{}/{} {}", ++finished, jobs.size(), jobs[i].name);
            }
        }
    }
    say("best: {}", best);
    std::vector<int> values;
    for (auto& task : tasks) {
        values.push_back(task.result());
    }
    co_return values;
}
