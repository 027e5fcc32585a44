// hello.cpp: the smallest program with a loop: say, wait, say.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    say("Hello");
    co_await sleep(1s);
    say("World");
}

int main() { run(async_main()); }
