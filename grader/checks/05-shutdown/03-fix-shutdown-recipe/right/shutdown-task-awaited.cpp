// The recipe kept as a task, but one that main knows and waits for; with a limit for the worst.
#include <aio/lab.hpp>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup);
ms period_of(const std::string& name);
ms cleanup_of(const std::string& name);

Coro<int> shutdown(std::vector<Task<>> services) {
    say("Shutting down...");
    for (auto& one : services) {
        one.cancel();
    }
    const auto seen = co_await wait(services, When::all_completed, 10s);
    co_return static_cast<int>(seen.done.size());
}

Coro<int> app(std::vector<std::string> names, int signo) {
    std::vector<Task<>> services;
    for (const std::string& name : names) {
        services.push_back(create_task(service(name, period_of(name), cleanup_of(name))));
    }
    Task<int> closing;
    Event told;
    get_running_loop().add_signal_handler(signo, [&] {
        if (!told.is_set()) {
            closing = create_task(shutdown(services));
            told.set();
        }
    });
    co_await told.wait();
    const int closed = co_await closing;
    say("bye");
    co_return closed;
}
