// blocked.cpp: goes wrong: block_for keeps the hands, so another task's timer is late.
#include <aio/lab.hpp>
using namespace aio;

Coro<> oven() {
    co_await sleep(100ms);
    say("oven rings");
}

Coro<> knead() {
    block_for(500ms); // co_await sleep(500ms) would let the oven ring
    say("dough kneaded");
    co_return;
}

Coro<> async_main() { co_await gather(oven(), knead()); }

int main() { run(async_main()); }
