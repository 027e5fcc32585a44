// expect: wrong-time M17 — waits for a date, but takes it from the clock after the work
#include <aio/lab.hpp>
using namespace aio;

Coro<> until(time_point date) {
    auto rung = get_running_loop().create_future<>();
    get_running_loop().call_at(date, [rung] { rung.set_result(); });
    co_await rung;
}

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    for (int i = 0; i < ticks; ++i) {
        say("tick {}", i);
        block_for(work(i));
        co_await until(get_running_loop().time() + period);
    }
}
