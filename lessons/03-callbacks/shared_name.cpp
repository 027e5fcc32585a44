// shared_name.cpp: goes wrong: three callbacks look at one variable.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    std::string name;
    for (const char* guest : {"Ada", "Ben", "Cleo"}) {
        name = guest;
        get_running_loop().call_soon([&name] { say("by reference: {}", name); });
        get_running_loop().call_soon([name] { say("by value: {}", name); });
    }
    co_await sleep(0ms);
}

int main() { run(async_main()); }
