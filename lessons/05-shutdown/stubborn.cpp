// stubborn.cpp: goes wrong: a catch for everything swallows the request to stop.
#include <aio/lab.hpp>
using namespace aio;

Coro<> worker() {
    for (int i = 1; i <= 4; ++i) {
        try {
            co_await sleep(100ms);
            say("plate {}", i);
        } catch (...) {
            say("plate {} broke", i); // and the next one, please
        }
    }
}

Coro<> async_main() {
    Task<> task = create_task(worker());
    co_await sleep(150ms);
    task.cancel();
    co_await gather_settled(task);
    say("the worker {}", task.cancelled() ? "was cancelled" : "went on to the end");
}

int main() { run(async_main()); }
