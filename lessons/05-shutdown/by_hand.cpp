// by_hand.cpp: goes wrong: stop() stops the turns, and close() asks nobody.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet() { co_return "Hello, world!"; }

Coro<> server() {
    try {
        for (int i = 0;; ++i) {
            say("request {}", i);
            co_await sleep(300ms);
        }
    } catch (const CancelledError&) {
        say("clean-up");
        throw;
    }
}

int main() {
    const std::unique_ptr<EventLoop> loop = new_event_loop();
    say("{}", loop->run_until_complete(greet()));
    const Task<> task = loop->create_task(server(), "server"); // else no requests
    loop->call_later(700ms, [&loop] { loop->stop(); });
    loop->run_forever();
    say("stopped, the server has {}", task.done() ? "ended" : "not ended");
    loop->call_soon([] { say("a late callback"); });
    loop->close();
    say("closed");
}
