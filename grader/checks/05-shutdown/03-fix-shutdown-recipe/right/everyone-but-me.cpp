// A future instead of an event, and the list of all tasks without the one that reads it.
#include <aio/lab.hpp>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup);
ms period_of(const std::string& name);
ms cleanup_of(const std::string& name);

Coro<int> app(std::vector<std::string> names, int signo) {
    auto stop = get_running_loop().create_future<>();
    get_running_loop().add_signal_handler(signo, [stop]() mutable {
        if (!stop.done()) {
            stop.set_result();
        }
    });
    for (const std::string& name : names) {
        create_task(service(name, period_of(name), cleanup_of(name)));
    }
    co_await stop;
    say("Shutting down...");
    std::vector<AnyTask> others;
    for (const AnyTask& task : all_tasks()) {
        if (task == current_task()) {
            continue;
        }
        task.cancel();
        others.push_back(task);
    }
    for (const AnyTask& task : others) {
        try {
            co_await task;
        } catch (const CancelledError&) {
        }
    }
    say("bye");
    co_return static_cast<int>(others.size());
}
