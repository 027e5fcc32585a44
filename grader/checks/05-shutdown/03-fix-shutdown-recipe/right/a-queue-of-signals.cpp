// An object with a queue: each signal is a letter, and only the first one is read.
#include <aio/lab.hpp>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup);
ms period_of(const std::string& name);
ms cleanup_of(const std::string& name);

class House {
public:
    House(const std::vector<std::string>& names, int signo) {
        get_running_loop().add_signal_handler(
            signo, [letters = letters_, signo] { letters.put_nowait(signo); });
        for (const std::string& name : names) {
            auto run = service(name, period_of(name), cleanup_of(name));
            services_.push_back(create_task(wrapped(std::move(run)), name));
        }
    }

    Coro<int> closing_time() {
        co_await letters_.get();
        say("Shutting down...");
        for (auto& one : services_) {
            one.cancel();
        }
        while (closed_ < static_cast<int>(services_.size())) {
            co_await door_.wait();
            door_.clear();
        }
        say("bye");
        co_return closed_;
    }

private:
    Coro<> wrapped(Coro<> run) {
        try {
            co_await run;
        } catch (const CancelledError&) {
        }
        ++closed_;
        door_.set();
    }

    Queue<int> letters_;
    Event door_;
    std::vector<Task<>> services_;
    int closed_ = 0;
};

Coro<int> app(std::vector<std::string> names, int signo) {
    House house(names, signo);
    co_return co_await house.closing_time();
}
