// expect: crashed await-throws — waits with a gather, out of which the first CancelledError comes
#include <aio/lab.hpp>
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
    say("Shutting down...");
    for (auto& one : services) {
        one.cancel();
    }
    co_await gather(services);
    say("bye");
    co_return static_cast<int>(services.size());
}
