// stack_test.cpp: a million awaits and a chain of 100,000 tasks need no more stack than one.
//
// CTest runs this with a stack limit of 1 MiB. With nested resumes, or with symmetric transfer at
// -O0, it dies of a stack overflow.
#include <aio/aio.hpp>

#include <cstdio>

namespace {

aio::Coro<int> one() { co_return 1; }

aio::Coro<long> awaits_that_complete_at_once(int n) {
    long sum = 0;
    for (int i = 0; i < n; ++i) {
        sum += co_await one();
    }
    co_return sum;
}

aio::Coro<long> awaits_of_done_futures(int n) {
    const aio::Future<int> done = aio::get_running_loop().create_future<int>();
    done.set_result(1);
    long sum = 0;
    for (int i = 0; i < n; ++i) {
        sum += co_await done;
    }
    co_return sum;
}

aio::Coro<int> link(int depth) { // each awaits the next one, through the ready queue
    if (depth == 0) {
        co_return 0;
    }
    co_return 1 + co_await aio::create_task(link(depth - 1));
}

aio::Coro<int> call(int depth) { // each awaits the next one, like a plain call
    if (depth == 0) {
        co_return 0;
    }
    co_return 1 + co_await call(depth - 1);
}

aio::Coro<int> failing(int depth) { // an error passes through every level
    if (depth == 0) {
        throw aio::Error("bottom");
    }
    co_return co_await failing(depth - 1);
}

aio::AsyncGenerator<int> ones(int n) { // a value each, and nobody waits
    for (int i = 0; i < n; ++i) {
        co_yield 1;
    }
}

aio::Coro<long> sum_of(aio::AsyncGenerator<int> numbers) {
    long sum = 0;
    while (const auto item = co_await numbers.next()) {
        sum += *item;
    }
    co_return sum;
}

aio::Coro<long> through_a_queue(int n) { // uncontended locks and queues
    const aio::Queue<int> queue(1);
    const aio::Lock lock;
    long sum = 0;
    for (int i = 0; i < n; ++i) {
        co_await queue.put(1);
        const auto held = co_await lock.scoped();
        sum += co_await queue.get();
    }
    co_return sum;
}

aio::Coro<> everything() {
    AIO_EXPECTS(co_await awaits_that_complete_at_once(1'000'000) == 1'000'000);
    AIO_EXPECTS(co_await awaits_of_done_futures(1'000'000) == 1'000'000);
    AIO_EXPECTS(co_await sum_of(ones(1'000'000)) == 1'000'000);
    AIO_EXPECTS(co_await through_a_queue(300'000) == 300'000);
    AIO_EXPECTS(co_await link(100'000) == 100'000);
    AIO_EXPECTS(co_await call(100'000) == 100'000);
    bool failed = false;
    try {
        co_await failing(20'000);
    } catch (const aio::Error&) {
        failed = true;
    }
    AIO_EXPECTS(failed);
}

} // namespace

int main() {
    aio::VirtualClock clock;
    aio::set_default_clock(&clock);
    aio::run(everything());
    std::puts("ok");
}
