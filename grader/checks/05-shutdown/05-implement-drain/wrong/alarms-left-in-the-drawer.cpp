// expect: wrong-content M53 — sets its own timers and forgets them
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport report{};
    for (int lap = 0; lap < 2; ++lap) {
        auto left = std::make_shared<std::size_t>(0);
        const Event enough;
        for (const Task<>& task : tasks) {
            if (task.done()) {
                continue;
            }
            ++*left;
            if (lap == 1) {
                task.cancel();
            }
            task.add_done_callback([left, enough] {
                if (--*left == 0) {
                    enough.set();
                }
            });
        }
        if (*left > 0) {
            get_running_loop().call_later(grace, [enough] { enough.set(); });
            co_await enough.wait();
        }
    }
    for (const Task<>& task : tasks) {
        if (!task.done()) {
            ++report.stuck;
        } else if (task.cancelled()) {
            ++report.cut;
        } else if (task.exception() != nullptr) {
            ++report.failed;
        } else {
            ++report.finished;
        }
    }
    co_return report;
}
