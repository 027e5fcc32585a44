// expect: incomplete M09 — returns when the first job is done, the others are cut
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

Coro<> report(Job job, std::shared_ptr<Board> board) {
    co_await sleep(job.delay);
    if (board->done++ == 0) {
        board->first = job.name;
    }
    say("{}/{} {}", board->done, board->total, job.name);
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    auto board = std::make_shared<Board>(Board{jobs.size()});
    std::vector<Task<>> tasks;
    std::vector<int> values;
    for (const Job& job : jobs) {
        tasks.push_back(create_task(report(job, board)));
        values.push_back(job.value);
    }
    co_await wait(tasks, When::first_completed);
    say("best: {}", board->first);
    co_return values;
}
