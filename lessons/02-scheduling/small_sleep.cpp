// small_sleep.cpp: goes wrong: a nap that is meant to let somebody else go first.
#include <aio/lab.hpp>
using namespace aio;

Coro<> print_total(int& total, ms nap) {
    co_await sleep(nap); // "the sum will be there by then"
    say("after a nap of {} ms: {}", nap.count(), total);
}

Coro<> count(int& total, ms takes) {
    co_await sleep(takes);
    total = 42;
}

Coro<> async_main() {
    int total = 0;
    co_await gather(count(total, 40ms), print_total(total, 50ms));
    total = 0;
    co_await gather(count(total, 60ms), print_total(total, 50ms)); // a slower day
}

int main() { run(async_main()); }
