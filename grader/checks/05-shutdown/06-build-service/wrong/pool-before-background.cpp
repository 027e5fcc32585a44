// expect: wrong-order opening-order — the pool is closed before the background
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

    /// Opens everything, or nothing. Throws: the error of the step that failed.
    Coro<> start() {
        if (state_ == "new") {
            state_ = "starting";
            starting_ = create_task(open_all());
        }
        if (starting_) {
            co_await starting_;
        }
    }

    /// Closes everything in reverse.
    Coro<> stop() {
        if (state_ == "new") {
            state_ = "stopped";
            co_return;
        }
        if (!stopping_) {
            stopping_ = create_task(close_all(now() + grace_));
        }
        co_await stopping_;
    }

    /// Starts, waits for the signal, and stops.
    Coro<> serve_until(int signo) {
        const Event closing_time;
        get_running_loop().add_signal_handler(signo, [closing_time] { closing_time.set(); });
        const RemoveHandler at_the_end{signo};
        co_await start();
        co_await closing_time.wait();
        co_await stop();
    }

    std::string state() const { return state_; }

private:
    struct RemoveHandler {
        int signo;
        ~RemoveHandler() { get_running_loop().remove_signal_handler(signo); }
    };

    Coro<> open_all() {
        std::exception_ptr error;
        try {
            pool_ = co_await open_pool();
            background_.push_back(create_task(background("clock"), "clock"));
            background_.push_back(create_task(background("cleaner"), "cleaner"));
            undo_.push_back([this] { return end_background(); });
            undo_.push_back([this] { return close_pool(pool_); });

            on_request([this](int request) { accept(request); });
            co_await open_listener();
            undo_.push_back([this] { return lock_and_drain(); });
            state_ = "running";
        } catch (...) {
            error = std::current_exception();
        }
        if (error) {
            co_await undo_all();
            std::rethrow_exception(error);
        }
    }

    Coro<> close_all(ms deadline) {
        deadline_ = deadline;
        if (starting_) {
            co_await gather_settled(starting_);
        }
        co_await undo_all();
    }

    Coro<> undo_all() {
        state_ = "stopping";
        while (!undo_.empty()) {
            const auto step = std::move(undo_.back());
            undo_.pop_back();
            co_await step();
        }
        state_ = "stopped";
    }

    void accept(int request) {
        std::erase_if(requests_, [](const Task<>& task) { return task.done(); });
        requests_.push_back(create_task(answer(request, pool_)));
    }

    Coro<> lock_and_drain() {
        close_listener();
        if (requests_.empty()) {
            co_return;
        }
        const auto evening = co_await wait(requests_, When::all_completed, deadline_ - now());
        co_await cancel_and_wait(evening.pending);
    }

    Coro<> end_background() { return cancel_and_wait(background_); }

    static Coro<> cancel_and_wait(std::vector<Task<>> tasks) {
        for (const Task<>& task : tasks) {
            task.cancel();
        }
        co_await gather_settled(std::move(tasks));
    }

    ms grace_;
    std::string state_ = "new";
    ms deadline_{};
    Task<> starting_, stopping_;
    std::vector<std::function<Coro<>()>> undo_;
    Pool pool_;
    std::vector<Task<>> background_;
    std::vector<Task<>> requests_;
};
