// offloaded.cpp: the same block, in the back room.
#include <aio/lab.hpp>
using namespace aio;

Coro<> heartbeat(int beats) {
    for (int i = 0; i < beats; ++i) {
        say("tick {}", i);
        co_await sleep(1s);
    }
}

std::string peel() {
    block_for(4s);
    return "done";
}

Coro<std::string> good() {
    say("good: start");
    std::string result = co_await get_running_loop().run_in_executor(nullptr, peel);
    say("good: {}", result);
    co_return result;
}

Coro<> async_main() {
    Task<> beats = create_task(heartbeat(5), "heartbeat");
    Task<std::string> job = create_task(good(), "good");
    co_await job;
    co_await beats;
}

int main() { run(async_main()); }
