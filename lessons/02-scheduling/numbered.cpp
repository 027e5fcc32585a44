// numbered.cpp: a sleep is a card too, so tasks end by their dates and results keep
// their order.
#include <aio/lab.hpp>
using namespace aio;

Coro<int> numbered(int n, ms d) {
    say("Task {}: Starting", n);
    co_await sleep(d);
    say("Task {}: Finished after {}ms", n, d.count());
    co_return n;
}

Coro<> async_main() {
    auto [a, b, c, d, e] =
        co_await gather(numbered(1, 300ms), numbered(2, 100ms), numbered(3, 200ms),
                        numbered(4, 400ms), numbered(5, 150ms));
    say("Results in order created: {} {} {} {} {}", a, b, c, d, e);
}

int main() { run(async_main()); }
