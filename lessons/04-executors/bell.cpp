// bell.cpp: a helper leaves a note and rings; the loop's thread reads it.
#include <aio/lab.hpp>
using namespace aio;

std::string who() {
    return current_worker().empty() ? "the loop" : std::string(current_worker());
}

void peel(EventLoop* loop) {
    block_for(100ms);
    loop->call_soon_threadsafe([] { say("half of it, says {}", who()); });
    say("note left by {}", who());
    block_for(100ms);
}

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    co_await loop.run_in_executor(nullptr, peel, &loop);
    say("peeled, says {}", who());
}

int main() { run(async_main()); }
