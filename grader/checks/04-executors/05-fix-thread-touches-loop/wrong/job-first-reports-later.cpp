// expect: wrong-order M26 — waits for the whole job, then goes through a list of reports
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    auto work = [steps, step_time] {
        std::vector<int> ready;
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            ready.push_back(k);
        }
        return ready;
    };
    for (const int k : co_await get_running_loop().run_in_executor(nullptr, work)) {
        on_progress(k);
    }
}
