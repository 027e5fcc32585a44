// expect: wrong-time first-tick-late — leaves it to set_interval, which begins with a wait
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    auto over = get_running_loop().create_future<>();
    int i = 0;
    const auto id = js::set_interval(
        [&] {
            say("tick {}", i);
            block_for(work(i));
            if (++i == ticks) {
                over.set_result();
            }
        },
        period);
    co_await over;
    js::clear_interval(id);
}
