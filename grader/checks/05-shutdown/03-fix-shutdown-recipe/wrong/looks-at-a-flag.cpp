// expect: wrong-content M46 — wakes up every ten milliseconds to look at a flag
#include <aio/lab.hpp>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup);
ms period_of(const std::string& name);
ms cleanup_of(const std::string& name);

Coro<int> app(std::vector<std::string> names, int signo) {
    bool stop = false;
    get_running_loop().add_signal_handler(signo, [&stop] { stop = true; });
    std::vector<Task<>> services;
    for (const std::string& name : names) {
        services.push_back(create_task(service(name, period_of(name), cleanup_of(name))));
    }
    while (!stop) {
        co_await sleep(10ms);
    }
    say("Shutting down...");
    for (auto& one : services) {
        one.cancel();
    }
    co_await gather_settled(services);
    say("bye");
    co_return static_cast<int>(services.size());
}
