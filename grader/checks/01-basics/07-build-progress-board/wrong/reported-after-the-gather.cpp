// expect: wrong-content M05 — reports all jobs in argument order when the gather is over
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
    std::vector<Coro<int>> all;
    for (const Job& job : jobs) {
        all.push_back(work(job));
    }
    const auto values = co_await gather(std::move(all));
    std::size_t k = 0;
    while (k < jobs.size()) {
        const std::string name = jobs[k].name;
        say("{}/{} {}", ++k, jobs.size(), name);
    }
    say("best: {}", quickest(jobs));
    co_return values;
}
