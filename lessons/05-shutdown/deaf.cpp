// deaf.cpp: goes wrong: while the hands are busy no signal is heard.
#include <aio/lab.hpp>

#include <csignal>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    loop.add_signal_handler(SIGTERM, [] { say("SIGTERM"); });
    loop.raise_at(time_point{200ms}, SIGTERM);
    block_for(500ms);
    say("dough kneaded");
    co_await sleep(100ms);
}

int main() { run(async_main()); }
