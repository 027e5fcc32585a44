// interrupted.cpp: Ctrl-C cancels main, and run() ends as it always does.
#include <aio/lab.hpp>

#include <csignal>
using namespace aio;

Coro<> waiter(std::string name, ms dishes) {
    try {
        co_await sleep(1h);
    } catch (const CancelledError&) {
        say("{}: washing up", name);
    }
    co_await sleep(dishes);
    say("{}: apron off", name);
    throw CancelledError();
}

Coro<> async_main() {
    get_running_loop().raise_at(time_point{500ms}, SIGINT); // plays Ctrl-C
    create_task(waiter("Ada", 300ms), "Ada");
    co_await waiter("main", 100ms);
}

int main() {
    try {
        run(async_main());
    } catch (const KeyboardInterrupt&) {
        say("interrupted");
    }
}
