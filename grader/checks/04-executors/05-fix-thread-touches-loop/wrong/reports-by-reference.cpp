// expect: wrong-content M23 — the note looks at the worker's counter when it is read
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop& loop = get_running_loop();
    int k = 0;
    co_await loop.run_in_executor(nullptr, [&] {
        for (k = 1; k <= steps; ++k) {
            block_for(step_time);
            loop.call_soon_threadsafe([&] { on_progress(k); });
        }
    });
}
