// Two tasks for each job, one that works and one that awaits it; the last of them completes a
// future.
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

struct Board {
    std::size_t open;
    int failed = 0;
    Future<> empty = get_running_loop().create_future<>();
};

Coro<> watch(Task<> work, std::shared_ptr<Board> board) {
    try {
        co_await work;
    } catch (const std::exception& error) {
        say("job {} failed: {}", work.name(), error.what());
        ++board->failed;
    }
    if (--board->open == 0) {
        board->empty.set_result();
    }
}

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    const auto board = std::make_shared<Board>(Board{jobs.size()});
    for (const auto& [name, job] : jobs) {
        create_task(watch(create_task(job(), name), board));
    }
    co_await board->empty;
    say("ok={} failed={}", static_cast<int>(jobs.size()) - board->failed, board->failed);
}
