// A task group; every job writes into its own slot.
#include <aio/lab.hpp>
using namespace aio;

struct Job {
    std::string name;
    ms delay;
    int value;
};

struct Board {
    std::vector<int> slots;
    std::vector<std::string> finished;
};

Coro<> work(Job job, std::size_t slot, Board& board) {
    co_await sleep(job.delay);
    board.slots[slot] = job.value;
    board.finished.push_back(job.name);
    say("{}/{} {}", board.finished.size(), board.slots.size(), job.name);
}

Coro<> start_all(TaskGroup& group, const std::vector<Job>& jobs, Board& board) {
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        auto started = group.create_task(work(jobs[i], i, board));
    }
    co_return;
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    Board board{std::vector<int>(jobs.size()), {}};
    co_await TaskGroup::run([&](TaskGroup& group) { return start_all(group, jobs, board); });
    say("best: {}", board.finished.front());
    co_return board.slots;
}
