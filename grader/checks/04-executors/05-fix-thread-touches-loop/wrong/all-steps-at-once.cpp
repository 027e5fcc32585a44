// expect: wrong-order all-at-once — hands in all steps, each as a job of its own
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    std::vector<Coro<>> jobs;
    for (int k = 1; k <= steps; ++k) {
        jobs.push_back(to_thread([step_time] { block_for(step_time); }));
    }
    std::vector<Task<>> started;
    for (auto& job : jobs) {
        started.push_back(create_task(std::move(job)));
    }
    int k = 0;
    for (auto& step : started) {
        co_await step;
        on_progress(++k);
    }
}
