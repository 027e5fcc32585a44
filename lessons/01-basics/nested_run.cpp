// nested_run.cpp: goes wrong: run() inside a coroutine, where a loop runs already.
#include <aio/lab.hpp>
using namespace aio;

Coro<> cook() {
    say("soup: ready");
    co_return;
}

Coro<> async_main() {
    say("opening a second kitchen");
    run(cook());
    say("never said");
    co_return;
}

int main() { run(async_main()); }
