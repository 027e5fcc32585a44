// 01-basics/07 build-progress-board, solved: jobs report themselves, a gather collects.
#include <aio/lab.hpp>
using namespace aio;

struct Job {
    std::string name;
    ms delay;
    int value;
};

/// What the jobs share. It needs no lock: one job at a time has the hands, and between
/// two waits nobody else can change it.
struct Board {
    std::size_t jobs;
    std::size_t finished = 0;
    std::string best = "";
};

// 1 one job. It reports when its own wait is over, so no one has to look for it. The
//   reference is safe because run_board, which owns the board, awaits every job.
Coro<int> work(Job job, Board& board) {
    co_await sleep(job.delay);
    ++board.finished;
    if (board.finished == 1) {
        board.best = job.name;
    }
    say("{}/{} {}", board.finished, board.jobs, job.name);
    co_return job.value;
}

/// Runs all jobs together and reports each as it finishes.
/// Returns: the jobs' values, in the order of the arguments.
Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    Board board{jobs.size()};

    // 2 start everything: gather makes one task per job, from left to right (R17), so
    //   jobs with equal delays also finish from left to right (R7).
    std::vector<Coro<int>> running;
    for (const Job& job : jobs) {
        running.push_back(work(job, board));
    }

    // 3 collect in order: gather returns the values in the order of its arguments,
    //   whoever finished first.
    const std::vector<int> values = co_await gather(std::move(running));
    say("best: {}", board.best);
    co_return values;
}
