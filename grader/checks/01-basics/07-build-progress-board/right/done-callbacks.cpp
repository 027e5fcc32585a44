// A done-callback per task reports; a gather waits until the last of them has spoken (R4).
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
    std::size_t finished = 0;
    std::string best;
    std::vector<Task<int>> tasks;
    for (const Job& job : jobs) {
        auto task = create_task(work(job), job.name);
        task.add_done_callback([&finished, &best, n = jobs.size(), name = job.name] {
            best = finished == 0 ? name : best;
            say("{}/{} {}", ++finished, n, name);
        });
        tasks.push_back(task);
    }
    // Awaiting the tasks one by one would not do: of two that end together, main would find the
    // second one done already and say its last line before that one's callback has run.
    const auto values = co_await gather(tasks);
    say("best: {}", best);
    co_return values;
}
