// expect: wrong-content left-behind — a thread with a limit, which is never joined
#include <aio/lab.hpp>
#include <poll.h>
#include <thread>
#include <unistd.h>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup);
ms period_of(const std::string& name);
ms cleanup_of(const std::string& name);

Coro<int> app(std::vector<std::string> names, int signo) {
    Event stop;
    get_running_loop().add_signal_handler(signo, [stop] { stop.set(); });
    std::vector<Task<>> services;
    for (const std::string& name : names) {
        services.push_back(create_task(service(name, period_of(name), cleanup_of(name))));
    }
    co_await stop.wait();
    std::thread([] {
        poll(nullptr, 0, 3000);
        _exit(1);
    }).detach();
    say("Shutting down...");
    for (auto& one : services) {
        one.cancel();
    }
    co_await gather_settled(services);
    say("bye");
    co_return static_cast<int>(services.size());
}
