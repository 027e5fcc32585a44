// expect: wrong-content M35 — whoever calls stop goes through all of it
#include <aio/lab.hpp>
using namespace aio;

using Pool = std::shared_ptr<ThreadPool>;

Coro<Pool> open_pool();
Coro<> close_pool(Pool pool);
Coro<> background(std::string name);
Coro<> open_listener();
void on_request(std::function<void(int request)> accept);
void close_listener();
Coro<> answer(int request, Pool pool);

class AsyncService {
public:
    explicit AsyncService(ms grace) : grace_(grace) {}

    Coro<> start() {
        if (state_ == "stopped") {
            co_return;
        }
        if (!opening_) {
            state_ = "starting";
            opening_ = create_task(open());
        }
        co_await opening_;
    }

    Coro<> stop() {
        if (opening_) {
            co_await gather_settled(opening_);
        }
        if (state_ == "running" || state_ == "stopping") {
            co_await close();
        }
        state_ = "stopped";
    }

    Coro<> serve_until(int signo) {
        Event heard;
        auto& loop = get_running_loop();
        loop.add_signal_handler(signo, [heard] { heard.set(); });
        std::exception_ptr error;
        try {
            co_await start();
            co_await heard.wait();
            co_await stop();
        } catch (...) {
            error = std::current_exception();
        }
        loop.remove_signal_handler(signo);
        if (error) {
            std::rethrow_exception(error);
        }
    }

    std::string state() const { return state_; }

private:
    Coro<> open() {
        std::exception_ptr error;
        try {
            pool_ = co_await open_pool();
            clock_ = create_task(background("clock"));
            cleaner_ = create_task(background("cleaner"));
            on_request(
                [this](int request) { requests_.push_back(create_task(answer(request, pool_))); });
            co_await open_listener();
            state_ = "running";
            co_return;
        } catch (...) {
            error = std::current_exception();
        }
        state_ = "stopping";
        co_await close_house();
        state_ = "stopped";
        std::rethrow_exception(error);
    }

    Coro<> close() {
        state_ = "stopping";
        close_listener();
        if (!requests_.empty()) {
            auto late = co_await wait(requests_, When::all_completed, grace_);
            for (auto& request : late.pending) {
                request.cancel();
            }
            co_await gather_settled(late.pending);
        }
        co_await close_house();
    }

    Coro<> close_house() {
        if (clock_) {
            clock_.cancel();
            cleaner_.cancel();
            co_await gather_settled(clock_, cleaner_);
        }
        if (pool_) {
            co_await close_pool(pool_);
        }
    }

    ms grace_;
    std::string state_ = "new";
    Task<> opening_, clock_, cleaner_;
    std::vector<Task<>> requests_;
    Pool pool_;
};
