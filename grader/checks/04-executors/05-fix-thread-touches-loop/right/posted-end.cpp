// the future stays, but a post completes it; a pool of its own does the work.
#include <aio/lab.hpp>
using namespace aio;

class Helper {
public:
    Helper(EventLoop& loop, std::function<void(int)> report)
        : loop_(loop), report_(std::move(report)), done_(loop.create_future<>()) {}

    void work(int steps, ms step_time) {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time / 2);
            block_for(step_time - step_time / 2);
            loop_.call_soon_threadsafe([this, k, last = k == steps] {
                report_(k);
                if (last) {
                    done_.set_result();
                }
            });
        }
    }
    Future<> done() const { return done_; }

private:
    EventLoop& loop_;
    std::function<void(int)> report_;
    Future<> done_;
};

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop& loop = get_running_loop();
    ThreadPool back_room{1};
    Helper helper(loop, on_progress);
    auto job = loop.run_in_executor(&back_room, [&] { helper.work(steps, step_time); });
    co_await helper.done();
    co_await job;
}
