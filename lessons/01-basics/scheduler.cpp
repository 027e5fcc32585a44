// scheduler.cpp: first one after the other, then together.
#include <aio/lab.hpp>
using namespace aio;

Coro<> delayed(std::string message, ms d) {
    co_await sleep(d);
    say("{}", message);
}

Coro<> async_main() {
    say("Starting...");
    // 1 one after the other
    co_await delayed("This happens after 2 seconds", 2s);
    co_await delayed("This happens 1 second after the previous task", 1s);
    // 2 together
    co_await gather(delayed("Concurrent task 1", 3s), delayed("Concurrent task 2", 3s));
    say("All done!");
}

int main() { run(async_main()); }
