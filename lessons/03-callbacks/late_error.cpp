// late_error.cpp: goes wrong: two tasks fail at 100 ms, and main hears of one at 500.
#include <aio/lab.hpp>
using namespace aio;

Coro<> print_poster(std::string name) {
    co_await sleep(100ms);
    say("{}: half a poster", name);
    throw Error(name + " is out of paper");
}

Coro<> async_main() {
    Task<> left = create_task(print_poster("left printer"));
    Task<> right = create_task(print_poster("right printer")); // nobody asks this one
    co_await sleep(500ms);
    say("main: all printed?");
    try {
        co_await left;
    } catch (const Error& error) {
        say("main: {}", error.what());
    }
}

int main() { run(async_main()); }
