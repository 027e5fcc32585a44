// Each piece is a coroutine around the next one, and closes itself when that one ends.
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
        if (state_ == "new") {
            state_ = "starting";
            life_ = create_task(with_pool());
            life_.add_done_callback([this](Future<void> life) {
                state_ = "stopped";
                error_ = life.exception();
                open_.set();
            });
        }
        if (life_) {
            co_await open_.wait();
        }
        if (error_) {
            std::rethrow_exception(error_);
        }
    }

    Coro<> stop() {
        if (!life_) {
            state_ = "stopped";
            co_return;
        }
        if (!closing_time_.is_set()) {
            asked_at_ = now();
        }
        closing_time_.set();
        co_await gather_settled(life_);
        while (state_ != "stopped") {
            co_await sleep(0ms); // the callback above is on its way
        }
    }

    Coro<> serve_until(int signo) {
        const Handler handler(signo, wake_);
        co_await start();
        co_await wake_.wait();
        co_await stop();
    }

    std::string state() const { return state_; }

private:
    class Handler {
    public:
        Handler(int signo, Event wake) : signo_(signo) {
            get_running_loop().add_signal_handler(signo, [wake] { wake.set(); });
        }
        ~Handler() { get_running_loop().remove_signal_handler(signo_); }

    private:
        int signo_;
    };

    Coro<> with_pool() {
        const Pool pool = co_await open_pool();
        std::exception_ptr error;
        try {
            co_await with_background(pool);
        } catch (...) {
            error = std::current_exception();
        }
        co_await close_pool(pool);
        if (error) {
            std::rethrow_exception(error);
        }
    }

    Coro<> with_background(Pool pool) {
        const Task<> clock = create_task(background("clock"));
        const Task<> cleaner = create_task(background("cleaner"));
        std::exception_ptr error;
        try {
            co_await with_listener(pool);
        } catch (...) {
            error = std::current_exception();
        }
        state_ = "stopping";
        cleaner.cancel();
        clock.cancel();
        co_await gather_settled(cleaner, clock);
        if (error) {
            std::rethrow_exception(error);
        }
    }

    Coro<> with_listener(Pool pool) {
        const auto guests = std::make_shared<std::vector<Task<>>>();
        on_request(
            [guests, pool](int request) { guests->push_back(create_task(answer(request, pool))); });
        co_await open_listener();
        state_ = "running";
        open_.set();
        co_await closing_time_.wait();
        state_ = "stopping";
        close_listener();
        bool cut = false;
        const TimerHandle alarm =
            get_running_loop().call_at(time_point(asked_at_ + grace_), [guests, &cut] {
                cut = true;
                for (const Task<>& guest : *guests) {
                    guest.cancel();
                }
            });
        co_await gather_settled(*guests);
        if (!cut) {
            TimerHandle(alarm).cancel();
        }
    }

    ms grace_;
    std::string state_ = "new";
    Task<> life_;
    Event open_, closing_time_, wake_;
    ms asked_at_{};
    std::exception_ptr error_;
};
