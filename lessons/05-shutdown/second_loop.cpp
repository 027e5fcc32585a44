// second_loop.cpp: a loop in another thread, opened and closed there.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> cook() {
    co_await sleep(200ms);
    co_return "soup from a second loop";
}

std::string second_kitchen() { return run(cook()); } // on the worker's thread

Coro<> async_main() {
    Future<std::string> soup =
        get_running_loop().run_in_executor(nullptr, second_kitchen);
    co_await sleep(100ms);
    say("the first loop turns");
    say("{}", co_await soup);
}

int main() { run(async_main()); }
