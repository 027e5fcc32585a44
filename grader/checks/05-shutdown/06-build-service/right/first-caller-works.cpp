// No task but those of the work: who comes first does it, and the others wait for an event.
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
        if (phase_ == Phase::none) {
            phase_ = Phase::starting;
            co_await open();
            started_.set();
        } else if (phase_ == Phase::starting) {
            co_await started_.wait();
        }
        if (failure_) {
            std::rethrow_exception(failure_);
        }
    }

    Coro<> stop() {
        const ms end = now() + grace_;
        if (phase_ == Phase::none) {
            phase_ = Phase::stopped;
        }
        if (phase_ == Phase::starting) {
            co_await started_.wait();
        }
        if (phase_ == Phase::running) {
            phase_ = Phase::stopping;
            close_listener();
            co_await leave(requests_, end);
            co_await close(2);
            stopped_.set();
        } else if (phase_ == Phase::stopping) {
            co_await stopped_.wait();
        }
    }

    Coro<> serve_until(int signo) {
        Future<void> signal = get_running_loop().create_future<void>();
        get_running_loop().add_signal_handler(signo, [signal] {
            if (!signal.done()) {
                signal.set_result();
            }
        });
        const auto remove = [](int* n) { get_running_loop().remove_signal_handler(*n); };
        const std::unique_ptr<int, decltype(remove)> guard(&signo, remove);
        co_await start();
        co_await signal;
        co_await stop();
    }

    std::string state() const {
        const char* const names[] = {"new", "starting", "running", "stopping", "stopped"};
        return names[static_cast<int>(phase_)];
    }

private:
    enum class Phase { none, starting, running, stopping, stopped };

    Coro<> open() {
        int steps = 0;
        try {
            pool_ = co_await open_pool();
            steps = 1;
            staff_.push_back(create_task(background("clock")));
            staff_.push_back(create_task(background("cleaner")));
            steps = 2;
            on_request(
                [this](int request) { requests_.push_back(create_task(answer(request, pool_))); });
            co_await open_listener();
        } catch (const std::exception&) {
            failure_ = std::current_exception();
        }
        if (failure_) {
            phase_ = Phase::stopping;
            co_await close(steps);
        } else {
            phase_ = Phase::running;
        }
    }

    /// Closes the last `steps` of those that were opened first.
    Coro<> close(int steps) {
        if (steps > 1) {
            co_await leave(staff_, now());
        }
        if (steps > 0) {
            co_await close_pool(pool_);
        }
        phase_ = Phase::stopped;
        pool_.reset();
    }

    /// Waits for the tasks until `end`, and then cancels and awaits the rest.
    static Coro<> leave(std::vector<Task<>> tasks, ms end) {
        for (Task<>& task : tasks) {
            if (!task.done() && now() < end) {
                const std::vector<Task<>> one{task};
                co_await wait(one, When::all_completed, end - now());
            }
        }
        for (Task<>& task : tasks) {
            task.cancel();
        }
        for (Task<>& task : tasks) {
            while (!task.done()) {
                try {
                    co_await task;
                } catch (...) {
                }
            }
        }
    }

    ms grace_;
    Phase phase_ = Phase::none;
    Event started_, stopped_;
    std::exception_ptr failure_;
    Pool pool_;
    std::vector<Task<>> staff_, requests_;
};
