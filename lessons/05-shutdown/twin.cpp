// twin.cpp: a worker is asked to end, and its twin before it has begun.
#include <aio/lab.hpp>
using namespace aio;

Coro<> work(std::string name, ms period, ms cleanup) {
    try {
        for (;;) {
            say("{}: working", name);
            co_await sleep(period);
        }
    } catch (const CancelledError&) {
        say("{}: cancelled", name);
    }
    co_await sleep(cleanup);
    say("{}: clean", name);
    throw CancelledError{};
}

Coro<> async_main() {
    co_await sleep(1s);
    say("Later");
    auto worker = create_task(work("chef", 1s, 200ms));
    auto twin = create_task(work("twin", 1s, 200ms));
    twin.cancel();
    co_await sleep(5s);
    worker.cancel();
    twin.cancel();
    say("cancel requested");
    co_await gather_settled(worker, twin);
    say("all gone");
}

int main() { run(async_main()); }
