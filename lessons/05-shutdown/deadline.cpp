// deadline.cpp: a limit that is kept, and one that is reached.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> guest(std::string name, ms dinner) {
    try {
        co_await sleep(dinner);
        co_return name + " has eaten";
    } catch (const CancelledError&) {
        say("{} asks for the coat", name);
    }
    co_await sleep(150ms);
    say("{} has the coat", name);
    throw CancelledError();
}

Coro<> async_main() {
    say("{}", co_await wait_for(guest("Ben", 300ms), 500ms));
    try {
        co_await wait_for(guest("Cleo", 10s), 500ms);
    } catch (const TimeoutError&) {
        say("time is up");
    }
}

int main() { run(async_main()); }
