// two_coroutines.cpp: two coroutines that wait for 1 s and 2 s, each made a task.
#include <aio/lab.hpp>
using namespace aio;

Coro<> coroutine_1() {
    say("coroutine 1 starts");
    co_await sleep(1s);
    say("coroutine 1 ends");
}

Coro<> coroutine_2() {
    say("coroutine 2 starts");
    co_await sleep(2s);
    say("coroutine 2 ends");
}

Coro<> async_main() {
    auto first = create_task(coroutine_1());
    auto second = create_task(coroutine_2());
    say("both created");
    co_await second;
    co_await first;
    say("both awaited");
}

int main() { run(async_main()); }
