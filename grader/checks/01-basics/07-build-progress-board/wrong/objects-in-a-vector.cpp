// expect: wrong-content M02 — self-reporting jobs, made as objects and awaited in a loop
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
    std::string first = "";
};

Coro<int> report(Job job, Board& board) {
    co_await sleep(job.delay);
    if (board.done++ == 0) {
        board.first = job.name;
    }
    say("{}/{} {}", board.done, board.total, job.name);
    co_return job.value;
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    Board board{jobs.size()};
    std::vector<Coro<int>> started;
    for (const Job& job : jobs) {
        started.push_back(report(job, board));
    }
    std::vector<int> values;
    for (auto& one : started) {
        values.push_back(co_await std::move(one));
    }
    say("best: {}", board.first);
    co_return values;
}
