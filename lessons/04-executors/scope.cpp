// scope.cpp: goes wrong: the end of a scope waits for its pool, and blocks the loop.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    get_running_loop().call_later(100ms, [] { say("oven"); });
    {
        ThreadPool helpers{1};
        get_running_loop().run_in_executor(&helpers, [] { block_for(300ms); });
    } // waits here
    say("next line");
    co_await sleep(0ms);
}

int main() { run(async_main()); }
