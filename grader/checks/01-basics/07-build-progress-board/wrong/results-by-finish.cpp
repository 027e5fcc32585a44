// expect: wrong-content M08 — each job appends its value when it is done
#include <aio/lab.hpp>
using namespace aio;

struct Job {
    std::string name;
    ms delay;
    int value;
};

struct Board {
    std::size_t total;
    std::vector<int> values;
    std::string first;
};

Coro<> work(Job job, Board& board) {
    co_await sleep(job.delay);
    board.values.push_back(job.value);
    if (board.first.empty()) {
        board.first = job.name;
    }
    say("{}/{} {}", board.values.size(), board.total, job.name);
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    Board board{jobs.size(), {}, ""};
    std::vector<Coro<>> all;
    for (const Job& job : jobs) {
        all.push_back(work(job, board));
    }
    co_await gather(std::move(all));
    say("best: {}", board.first);
    co_return board.values;
}
