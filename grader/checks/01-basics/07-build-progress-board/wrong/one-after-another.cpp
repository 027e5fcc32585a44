// expect: wrong-content M02 — runs the jobs one after another
#include <aio/lab.hpp>
using namespace aio;

struct Job {
    std::string name;
    ms delay;
    int value;
};

std::string quickest(const std::vector<Job>& jobs) {
    return std::min_element(jobs.begin(), jobs.end(),
                            [](const Job& a, const Job& b) { return a.delay < b.delay; })
        ->name;
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    std::vector<int> values;
    for (const Job& job : jobs) {
        co_await sleep(job.delay);
        values.push_back(job.value);
        say("{}/{} {}", values.size(), jobs.size(), job.name);
    }
    say("best: {}", quickest(jobs));
    co_return values;
}
