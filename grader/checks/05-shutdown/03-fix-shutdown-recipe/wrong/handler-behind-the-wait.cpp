// expect: crashed no-handler — adds its handler behind the line that waits for the services
#include <aio/lab.hpp>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup);
ms period_of(const std::string& name);
ms cleanup_of(const std::string& name);

Coro<int> app(std::vector<std::string> names, int signo) {
    std::vector<Task<>> services;
    for (const std::string& name : names) {
        services.push_back(create_task(service(name, period_of(name), cleanup_of(name))));
    }
    co_await gather_settled(services);
    get_running_loop().add_signal_handler(signo, [&services] {
        say("Shutting down...");
        for (auto& one : services) {
            one.cancel();
        }
    });
    say("bye");
    co_return static_cast<int>(services.size());
}
