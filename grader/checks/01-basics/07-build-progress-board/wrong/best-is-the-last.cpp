// expect: wrong-content wrong-best — every job overwrites the name, so the slowest one stays
#include <aio/lab.hpp>
using namespace aio;

struct Job {
    std::string name;
    ms delay;
    int value;
};

struct Board {
    std::size_t total;
    std::size_t done = 0;
    std::string best = "";
};

Coro<int> report(Job job, Board& board) {
    co_await sleep(job.delay);
    board.best = job.name;
    say("{}/{} {}", ++board.done, board.total, job.name);
    co_return job.value;
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    Board board{jobs.size()};
    std::vector<Task<int>> tasks;
    for (const Job& job : jobs) {
        tasks.push_back(create_task(report(job, board)));
    }
    std::vector<int> values;
    for (auto& task : tasks) {
        values.push_back(co_await task);
    }
    say("best: {}", board.best);
    co_return values;
}
