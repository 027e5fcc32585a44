// expect: crashed M33 — the recipe without main on its list; it still stops the loop
#include <aio/lab.hpp>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup);
ms period_of(const std::string& name);
ms cleanup_of(const std::string& name);

Coro<> shutdown(AnyTask main, EventLoop& loop) {
    say("Shutting down...");
    std::vector<AnyTask> services;
    for (const AnyTask& task : all_tasks()) {
        if (!(task == current_task()) && !(task == main)) {
            services.push_back(task);
            task.cancel();
        }
    }
    for (const AnyTask& task : services) {
        try {
            co_await task;
        } catch (...) {
        }
    }
    loop.stop();
}

Coro<int> app(std::vector<std::string> names, int signo) {
    EventLoop& loop = get_running_loop();
    bool asked = false;
    const AnyTask main = current_task();
    loop.add_signal_handler(signo, [&loop, &asked, main] {
        if (!std::exchange(asked, true)) {
            create_task(shutdown(main, loop));
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
