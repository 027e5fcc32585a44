// graceful.cpp: a signal sets an event, and main brings everything down.
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

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    Event stop;
    loop.add_signal_handler(SIGTERM, [stop] {
        say("SIGTERM");
        stop.set();
    });
    loop.raise_at(time_point{700ms}, SIGTERM); // plays the one who sends it
    std::vector<Task<>> all;
    all.push_back(create_task(serve("srv", 300ms), "srv"));
    all.push_back(create_task(serve("job", 500ms), "job"));
    co_await stop.wait();
    say("Shutting down...");
    for (Task<>& task : all) {
        task.cancel();
    }
    co_await gather_settled(std::move(all));
    say("bye");
}

int main() { run(async_main()); }
