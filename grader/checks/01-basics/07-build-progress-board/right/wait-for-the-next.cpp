// Waits for the next finished task in a loop; the values are read from all tasks at the end.
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
    std::vector<Task<int>> all;
    for (const Job& job : jobs) {
        all.push_back(create_task(work(job), job.name));
    }
    std::vector<Task<int>> open = all;
    std::string best;
    while (!open.empty()) {
        auto [done, pending] = co_await wait(open, When::first_completed);
        std::size_t finished = jobs.size() - open.size();
        for (auto& task : done) {
            best = finished == 0 ? task.name() : best;
            say("{}/{} {}", ++finished, jobs.size(), task.name());
        }
        open = pending;
    }
    std::vector<int> values;
    for (auto& task : all) {
        values.push_back(task.result());
    }
    say("best: {}", best);
    co_return values;
}
