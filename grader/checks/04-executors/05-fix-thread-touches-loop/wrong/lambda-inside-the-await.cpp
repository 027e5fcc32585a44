// expect: crashed lambda-in-await — all is right but for the place of the lambda (g++ 12)
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop* loop = &get_running_loop();
    co_await loop->run_in_executor(nullptr, [=] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            loop->call_soon_threadsafe([=] { on_progress(k); });
        }
    });
}
