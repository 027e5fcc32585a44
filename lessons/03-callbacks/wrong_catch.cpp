// wrong_catch.cpp: goes wrong: when the callback throws, the try block is over.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    loop.set_exception_handler(
        [](const ErrorContext& context) { say("log: {}", describe(context.error)); });
    try {
        loop.call_soon([] { throw Error("wrong number"); });
        say("nothing to catch");
    } catch (const Error&) {
        say("caught");
    }
    co_await sleep(0ms);
}

int main() { run(async_main()); }
