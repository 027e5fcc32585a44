// A helper waits until a date that is ahead and tells which one it was.
#include <aio/lab.hpp>
using namespace aio;

Coro<ms> next_date(ms begin, ms period) {
    ms date = begin;
    for (; date < now(); date += period) {
    }
    co_await sleep(date - now());
    co_return date;
}

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    ms date = now();
    for (int i = 0; i != ticks; ++i) {
        say("tick {}", i);
        block_for(work(i));
        date = co_await create_task(next_date(date + period, period));
    }
}
