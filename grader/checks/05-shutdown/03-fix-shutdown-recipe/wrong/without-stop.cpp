// expect: crashed M35 — the recipe without its stop(), once only; main is still on the list
#include <aio/lab.hpp>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup);
ms period_of(const std::string& name);
ms cleanup_of(const std::string& name);

Coro<> shutdown() {
    say("Shutting down...");
    std::vector<AnyTask> others;
    for (const AnyTask& task : all_tasks()) {
        if (!(task == current_task())) {
            task.cancel();
            others.push_back(task);
        }
    }
    for (const AnyTask& task : others) {
        try {
            co_await task;
        } catch (...) {
        }
    }
}

Coro<int> app(std::vector<std::string> names, int signo) {
    Task<> closing;
    get_running_loop().add_signal_handler(signo, [&closing] {
        if (!closing) {
            closing = create_task(shutdown());
        }
    });
    std::vector<Task<>> services;
    for (const std::string& name : names) {
        services.push_back(create_task(service(name, period_of(name), cleanup_of(name))));
    }
    co_await gather_settled(services);
    say("bye");
    co_return static_cast<int>(services.size());
}
