// background.cpp: work without an end gets a request to stop.
#include <aio/lab.hpp>
using namespace aio;

Coro<> background_work() {
    try {
        while (true) {
            say("Working...");
            co_await sleep(1s);
        }
    } catch (const CancelledError&) {
        say("Background work cancelled");
        throw; // tell those who wait for this task
    }
}

Coro<> async_main() {
    co_await sleep(1s);
    say("Later");
    Task<> task = create_task(background_work(), "worker");
    co_await sleep(5s);
    task.cancel();
    say("cancel requested");
}

int main() { run(async_main()); }
