// expect: hang M29-future — reports by posts, and ends by completing a future on the spot
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop& loop = get_running_loop();
    auto all_peeled = loop.create_future<bool>();
    auto peel = [&loop, steps, step_time, on_progress, all_peeled] {
        int peeled = 0;
        while (peeled < steps) {
            block_for(step_time);
            ++peeled;
            loop.call_soon_threadsafe([on_progress, peeled] { on_progress(peeled); });
        }
        all_peeled.set_result(true);
    };
    auto unused = loop.run_in_executor(nullptr, peel);
    co_await all_peeled;
}
