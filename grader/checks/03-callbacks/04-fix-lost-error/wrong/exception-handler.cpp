// expect: wrong-content M21 — expects the loop to call its exception handler for a failed task
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int failed = 0;
    get_running_loop().set_exception_handler([&failed](const ErrorContext& context) {
        say("job failed: {}", describe(context.error));
        ++failed;
    });
    std::vector<Task<>> tasks;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        tasks.push_back(create_task(jobs[i].second(), jobs[i].first));
    }
    co_await wait(tasks, When::all_completed);
    get_running_loop().set_exception_handler(nullptr);
    say("ok={} failed={}", tasks.size() - static_cast<std::size_t>(failed), failed);
}
