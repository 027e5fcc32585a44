// closing_time.cpp: goes wrong: work that lasts longer than main is cut.
#include <aio/lab.hpp>
using namespace aio;

Coro<> cook(std::string dish, ms d) {
    say("{}: cooking", dish);
    co_await sleep(d);
    say("{}: ready", dish);
}

Coro<> async_main() {
    create_task(cook("rolls", 500ms)); // handle dropped, the task runs on
    create_task(cook("cake", 2s));     // nobody waits for it
    co_await sleep(1s);
    say("main ends");
}

int main() { run(async_main()); }
