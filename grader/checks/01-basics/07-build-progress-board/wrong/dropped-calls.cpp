// expect: incomplete M01 — calls the jobs and drops the objects
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

std::string quickest(const std::vector<Job>& jobs) {
    return std::min_element(jobs.begin(), jobs.end(),
                            [](const Job& a, const Job& b) { return a.delay < b.delay; })
        ->name;
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    Board board{jobs.size()};
    std::vector<int> values;
    for (const Job& job : jobs) {
        auto started = report(job, board);
        values.push_back(job.value);
    }
    say("best: {}", quickest(jobs));
    co_return values;
}
