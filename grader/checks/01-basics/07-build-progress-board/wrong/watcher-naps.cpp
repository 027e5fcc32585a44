// expect: wrong-time M46 — a watcher task that naps 70 ms between two looks
#include <aio/lab.hpp>
using namespace aio;

struct Job {
    std::string name;
    ms delay;
    int value;
};

struct Desk {
    std::vector<std::string> inbox;
    std::size_t total;
};

Coro<int> work(Job job, Desk& desk) {
    co_await sleep(job.delay);
    desk.inbox.push_back(job.name);
    co_return job.value;
}

Coro<> watcher(Desk& desk) {
    std::size_t shown = 0;
    while (shown < desk.total) {
        for (; shown < desk.inbox.size(); ++shown) {
            say("{}/{} {}", shown + 1, desk.total, desk.inbox[shown]);
        }
        co_await sleep(70ms);
    }
}

Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    Desk desk{{}, jobs.size()};
    auto watching = create_task(watcher(desk));
    std::vector<Coro<int>> all;
    for (const Job& job : jobs) {
        all.push_back(work(job, desk));
    }
    auto values = co_await gather(std::move(all));
    co_await watching;
    say("best: {}", desk.inbox.front());
    co_return values;
}
