// lights_out.cpp: goes wrong: main ends while a waiter still washes up.
#include <aio/lab.hpp>
using namespace aio;

Coro<> waiter(std::string name, ms dishes) {
    try {
        co_await sleep(1h); // waits for guests
    } catch (const CancelledError&) {
        say("{}: washing up", name);
    }
    co_await sleep(dishes);
    say("{}: apron off", name);
    throw CancelledError();
}

Coro<> async_main() {
    Task<> ada = create_task(waiter("Ada", 300ms), "Ada");
    co_await sleep(500ms);
    ada.cancel();
    say("go home, Ada");
    co_await sleep(100ms);
    say("lights out");
}

int main() { run(async_main()); }
