// stopped.cpp: goes wrong: stop() takes the loop away from run(), which waits for main.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    get_running_loop().call_later(700ms, [] { get_running_loop().stop(); });
    say("open");
    co_await sleep(1s);
    say("never said");
}

int main() { run(async_main()); }
