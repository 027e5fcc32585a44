// current_loop.cpp: who is the current loop, outside and inside of run()?
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    say("inside: {}", loop.is_running() ? "a running loop" : "no running loop");
    co_return;
}

int main() {
    try {
        get_running_loop();
    } catch (const Error& error) {
        say("outside: {}", error.what());
    }
    run(async_main());
}
