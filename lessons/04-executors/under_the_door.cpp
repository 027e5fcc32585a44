// under_the_door.cpp: goes wrong: a helper uses call_soon, and nobody rings.
#include <aio/lab.hpp>
using namespace aio;

void peel(EventLoop* loop) {
    block_for(100ms);
    loop->call_soon([] { say("half of it"); }); // from a thread that may not
    block_for(300ms);
}

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    co_await loop.run_in_executor(nullptr, peel, &loop);
    say("peeled");
}

int main() { run(async_main()); }
