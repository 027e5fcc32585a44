// sibling.cpp: goes wrong: a gather hands on the first error, and the sibling goes on.
#include <aio/lab.hpp>
using namespace aio;

Coro<> failing() {
    co_await sleep(1s);
    throw Error("Something went wrong");
}

Coro<> sibling() {
    co_await sleep(2s);
    say("sibling finished anyway");
}

Coro<> async_main() {
    try {
        co_await gather(failing(), sibling());
    } catch (const Error& error) {
        say("gather raised: {}", error.what());
    }
    co_await sleep(1500ms);
    say("main done");
}

int main() { run(async_main()); }
