// recipe_wrong.cpp: goes wrong: a shutdown that cancels everybody else, main included.
#include <aio/lab.hpp>

#include <csignal>
using namespace aio;

Coro<> serve(std::string name, ms every) {
    try {
        for (int i = 0;; ++i) {
            say("{} {}", name, i);
            co_await sleep(every);
        }
    } catch (const CancelledError&) {
        say("{} closing", name);
    }
    co_await sleep(100ms);
    say("{} closed", name);
    throw CancelledError();
}

Coro<> shutdown() {
    say("Shutting down...");
    std::vector<AnyTask> others;
    for (AnyTask task : all_tasks()) {
        if (task != current_task()) {
            task.cancel();
            others.push_back(task);
        }
    }
    co_await wait(others);
    say("all have ended");
    get_running_loop().stop();
}

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    loop.add_signal_handler(SIGTERM, [] { create_task(shutdown(), "shutdown"); });
    loop.raise_at(time_point{700ms}, SIGTERM);
    create_task(serve("srv", 300ms), "srv");
    co_await sleep(1h);
}

int main() {
    try {
        run(async_main());
    } catch (const CancelledError&) {
        say("run() raised CancelledError");
    }
}
