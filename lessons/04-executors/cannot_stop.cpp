// cannot_stop.cpp: goes wrong: a cancelled future, and a helper who goes on.
#include <aio/lab.hpp>
using namespace aio;

void peel() {
    block_for(1s);
    say("helper: finished anyway");
}

Coro<> async_main() {
    Future<> check = get_running_loop().run_in_executor(nullptr, peel);
    co_await sleep(200ms);
    check.cancel();
    say("future: {}", check.cancelled() ? "cancelled" : "open");
    co_await sleep(1s);
    say("main done");
}

int main() { run(async_main()); }
