// shared_name.cpp: goes wrong: three callbacks look at one variable.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    std::string name;
    for (const char* actor : {"Ada", "Ben", "Cleo"}) {
        name = actor;
        loop.call_soon([&name] { say("by reference: {}", name); });
        loop.call_soon([name] { say("by value: {}", name); });
    }
    co_await sleep(0ms); // keeps `name` alive: without it there is nothing to look at
}

int main() { run(async_main()); }
