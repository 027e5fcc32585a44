// The handler cancels the services itself, the first time; main waits for nothing but them.
#include <aio/lab.hpp>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup);
ms period_of(const std::string& name);
ms cleanup_of(const std::string& name);

Coro<int> app(std::vector<std::string> names, int signo) {
    std::vector<Task<>> services;
    bool closing = false;
    get_running_loop().add_signal_handler(signo, [&] {
        if (closing) {
            return;
        }
        closing = true;
        say("Shutting down...");
        for (auto one = services.rbegin(); one != services.rend(); ++one) {
            one->cancel();
        }
    });
    for (const std::string& name : names) {
        services.push_back(create_task(service(name, period_of(name), cleanup_of(name))));
    }
    int closed = 0;
    for (auto& one : services) {
        try {
            co_await one;
        } catch (const CancelledError&) {
            ++closed;
        }
    }
    say("bye");
    co_return closed;
}
