// expect: wrong-content wrong-best — names the job with the highest value
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
    std::vector<Coro<int>> all;
    for (const Job& job : jobs) {
        all.push_back(report(job, board));
    }
    const auto values = co_await gather(std::move(all));
    const auto highest = std::max_element(values.begin(), values.end());
    say("best: {}", jobs[static_cast<std::size_t>(highest - values.begin())].name);
    co_return values;
}
