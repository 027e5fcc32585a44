// expect: wrong-time catch-up-burst — files a card for every tick at the beginning
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    auto last = get_running_loop().create_future<>();
    for (int i = 0; i < ticks; ++i) {
        get_running_loop().call_later(i * period, [=] {
            say("tick {}", i);
            block_for(work(i));
            if (i + 1 == ticks) {
                last.set_result();
            }
        });
    }
    co_await last;
}
