// blocked.cpp: goes wrong: a coroutine around a block still has the only hands.
#include <aio/lab.hpp>
using namespace aio;

Coro<> heartbeat(int beats) {
    for (int i = 0; i < beats; ++i) {
        say("tick {}", i);
        co_await sleep(1s);
    }
}

Coro<std::string> bad() {
    say("bad: start");
    block_for(4s);
    say("bad: done");
    co_return "done";
}

Coro<> async_main() {
    Task<> beats = create_task(heartbeat(5), "heartbeat");
    Task<std::string> job = create_task(bad(), "bad");
    co_await job;
    co_await beats;
}

int main() { run(async_main()); }
