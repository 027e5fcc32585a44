// expect: wrong-content M01 — the handler calls the shutdown and drops the object
#include <aio/lab.hpp>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup);
ms period_of(const std::string& name);
ms cleanup_of(const std::string& name);

Coro<> shutdown(std::vector<Task<>> services) {
    say("Shutting down...");
    for (auto& one : services) {
        one.cancel();
    }
    co_await gather_settled(services);
}

Coro<int> app(std::vector<std::string> names, int signo) {
    std::vector<Task<>> services;
    for (const std::string& name : names) {
        services.push_back(create_task(service(name, period_of(name), cleanup_of(name))));
    }
    get_running_loop().add_signal_handler(signo, [services] { auto going = shutdown(services); });
    co_await gather_settled(services);
    say("bye");
    co_return static_cast<int>(services.size());
}
