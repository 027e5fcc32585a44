// soon.cpp: a callback takes a ticket, and main keeps the counter until it waits.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    get_running_loop().call_soon([] { say("Callback: Hello"); });
    say("Scheduled callback");
    co_await sleep(0ms); // let the loop process callbacks
    say("After sleep");
}

int main() { run(async_main()); }
