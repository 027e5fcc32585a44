// expect: wrong-time M46 — sleeps for the grace if there have been requests at all
#include <aio/lab.hpp>
using namespace aio;

using Pool = std::shared_ptr<ThreadPool>;

// Given.
Coro<Pool> open_pool();              // takes a while, and may throw an Error
Coro<> close_pool(Pool pool);        // takes no more jobs, and waits for the last one
Coro<> background(std::string name); // works until it is cancelled; then cleans up
// Says what the listener is to call for each request.
void on_request(std::function<void(int request)> accept);
Coro<> open_listener();                // as open_pool; from then on requests may come
void close_listener();                 // from then on they are refused
Coro<> answer(int request, Pool pool); // in part a job of that pool; throws no Error

class AsyncService {
public:
    explicit AsyncService(ms grace) : grace_(grace) {}
    Coro<> start() {
        if (state_ == "new") {
            state_ = "starting";
            starting_ = create_task(do_start(), "start");
        }
        if (starting_)
            co_await *starting_;
    }
    Coro<> stop() {
        if (state_ == "new") {
            state_ = "stopped";
        }
        if (state_ == "stopped")
            co_return;
        if (state_ == "starting") {
            co_await gather_settled(*starting_);
        }
        if (state_ == "stopped")
            co_return;
        if (!stopping_) {
            state_ = "stopping";
            stopping_ = create_task(do_stop(), "stop");
        }
        co_await *stopping_;
    }
    Coro<> serve_until(int signo) {
        Event stopped;
        EventLoop& loop = get_running_loop();
        loop.add_signal_handler(signo, [stopped] { stopped.set(); });
        std::exception_ptr err;
        try {
            co_await start();
        } catch (...) {
            err = std::current_exception();
        }
        if (!err) {
            co_await stopped.wait();
            co_await stop();
        }
        loop.remove_signal_handler(signo);
        if (err)
            std::rethrow_exception(err);
    }
    std::string state() const { return state_; }

private:
    Coro<> do_start() {
        std::exception_ptr err;
        try {
            pool_ = co_await open_pool();
            background_.push_back(create_task(background("clock")));
            background_.push_back(create_task(background("cleaner")));
            on_request([this](int r) { requests_.push_back(create_task(answer(r, pool_))); });
            co_await open_listener();
            open_ = true;
        } catch (...) {
            err = std::current_exception();
        }
        if (err) {
            state_ = "stopping";
            co_await do_stop();
            std::rethrow_exception(err);
        }
        state_ = "running";
    }
    Coro<> do_stop() {
        if (open_)
            close_listener();
        if (!requests_.empty()) {
            co_await sleep(grace_);
            for (Task<>& t : requests_)
                t.cancel();
            co_await gather_settled(requests_);
        }
        if (!background_.empty()) {
            for (Task<>& t : background_)
                t.cancel();
            co_await gather_settled(background_);
        }
        if (pool_)
            co_await close_pool(pool_);
        state_ = "stopped";
    }
    ms grace_;
    std::string state_ = "new";
    bool open_ = false;
    Pool pool_;
    std::vector<Task<>> background_, requests_;
    std::optional<Task<>> starting_, stopping_;
};
