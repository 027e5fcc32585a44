// unborn.cpp: goes wrong: cancelled before the first step, so no clean-up runs.
#include <aio/lab.hpp>
using namespace aio;

Coro<> waiter(std::string name) {
    try {
        say("{}: apron on", name);
        co_await sleep(1h);
    } catch (const CancelledError&) {
        say("{}: apron off", name);
        throw;
    }
}

Coro<> async_main() {
    Task<> ada = create_task(waiter("Ada"));
    co_await sleep(0ms); // Ada has her first step
    Task<> ben = create_task(waiter("Ben"));
    ada.cancel();
    ben.cancel();
    co_await gather_settled(ada, ben);
    say("Ben: {}", ben.cancelled() ? "cancelled" : "ended");
}

int main() { run(async_main()); }
