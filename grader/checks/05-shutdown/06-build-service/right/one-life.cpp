// One task is the life of the service; start and stop set events and wait for others.
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
            create_task(live(), "life");
        }
        co_await born_.wait();
        if (error_) {
            std::rethrow_exception(error_);
        }
    }

    Coro<> stop() {
        if (state_ == "new") {
            state_ = "stopped";
            born_.set();
            gone_.set();
        }
        if (!wish_.is_set()) {
            until_ = now() + grace_;
            wish_.set();
        }
        co_await gone_.wait();
    }

    Coro<> serve_until(int signo) {
        auto* loop = &get_running_loop();
        const Event signal;
        loop->add_signal_handler(signo, [signal] { signal.set(); });
        std::exception_ptr error;
        try {
            co_await start();
        } catch (...) {
            error = std::current_exception();
        }
        if (!error) {
            co_await signal.wait();
            co_await stop();
        }
        loop->remove_signal_handler(signo);
        if (error) {
            std::rethrow_exception(error);
        }
    }

    std::string state() const { return state_; }

private:
    Coro<> live() {
        Pool pool;
        std::vector<Task<>> staff, guests;
        try {
            pool = co_await open_pool();
            for (const char* name : {"clock", "cleaner"}) {
                staff.push_back(create_task(background(name), name));
            }
            on_request([&guests, pool](int request) {
                guests.push_back(create_task(answer(request, pool)));
            });
            co_await open_listener();
            state_ = "running";
            born_.set();
        } catch (...) {
            error_ = std::current_exception();
        }
        if (!error_) {
            co_await wish_.wait();
            state_ = "stopping";
            close_listener();
            if (!guests.empty()) {
                co_await wait(guests, When::all_completed, until_ - now());
                co_await send_home(guests);
            }
        }
        state_ = "stopping";
        co_await send_home(staff);
        if (pool != nullptr) {
            co_await close_pool(pool);
        }
        state_ = "stopped";
        born_.set();
        gone_.set();
    }

    static Coro<> send_home(std::vector<Task<>> tasks) {
        for (const Task<>& task : tasks) {
            task.cancel(); // does nothing to one that is done
        }
        co_await gather_settled(tasks);
    }

    ms grace_;
    std::string state_ = "new";
    Event born_, wish_, gone_;
    ms until_{};
    std::exception_ptr error_;
};
