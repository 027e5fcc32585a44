// expect: incomplete M09 — starts the jobs and returns at once
#include <aio/lab.hpp>
using namespace aio;

struct Job {
    std::string name;
    ms delay;
    int value;
};

Coro<> report(Job job, std::size_t k, std::size_t n) {
    co_await sleep(job.delay);
    say("{}/{} {}", k, n, job.name);
}

std::string quickest(const std::vector<Job>& jobs) {
    return std::min_element(jobs.begin(), jobs.end(),
                            [](const Job& a, const Job& b) { return a.delay < b.delay; })
        ->name;
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    std::vector<int> values;
    for (const Job& job : jobs) {
        auto running = create_task(report(job, values.size() + 1, jobs.size()));
        values.push_back(job.value);
    }
    say("best: {}", quickest(jobs));
    co_return values;
}
