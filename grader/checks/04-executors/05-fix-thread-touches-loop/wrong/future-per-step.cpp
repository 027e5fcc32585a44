// expect: hang M29 — a future for each report, completed by the worker
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    std::vector<Future<int>> reports;
    for (int k = 1; k <= steps; ++k) {
        reports.push_back(get_running_loop().create_future<int>());
    }
    const auto job = get_running_loop().run_in_executor(nullptr, [reports, step_time] {
        int k = 0;
        for (const auto& report : reports) {
            block_for(step_time);
            report.set_result(++k);
        }
    });
    for (const auto& report : reports) {
        on_progress(co_await report);
    }
    co_await job;
}
