// Two tasks per job: one works, one awaits it and reports.
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

struct Board {
    std::size_t total;
    std::vector<std::string> finished;
};

Coro<> reporter(Task<int> job, Board& board) {
    co_await job;
    board.finished.push_back(job.name());
    say("{}/{} {}", board.finished.size(), board.total, job.name());
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    Board board{jobs.size(), {}};
    std::vector<Task<int>> working;
    std::vector<Task<>> reporting;
    for (const Job& job : jobs) {
        working.push_back(create_task(work(job), job.name));
        reporting.push_back(create_task(reporter(working.back(), board)));
    }
    std::vector<int> values;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        co_await reporting[i];
        values.push_back(working[i].result());
    }
    say("best: {}", board.finished.front());
    co_return values;
}
