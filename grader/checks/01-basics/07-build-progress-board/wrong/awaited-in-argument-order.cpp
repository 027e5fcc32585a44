// expect: wrong-content M05 — awaits the tasks in argument order and reports after each await
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

std::string quickest(const std::vector<Job>& jobs) {
    return std::min_element(jobs.begin(), jobs.end(),
                            [](const Job& a, const Job& b) { return a.delay < b.delay; })
        ->name;
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    std::vector<Task<int>> tasks;
    for (const Job& job : jobs) {
        tasks.push_back(create_task(work(job), job.name));
    }
    std::vector<int> values;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        values.push_back(co_await tasks[i]);
        say("{}/{} {}", i + 1, jobs.size(), jobs[i].name);
    }
    say("best: {}", quickest(jobs));
    co_return values;
}
