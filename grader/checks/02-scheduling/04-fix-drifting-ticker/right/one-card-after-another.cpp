// A callback that files itself again with call_at; the coroutine waits for the last one.
#include <aio/lab.hpp>
using namespace aio;

struct Hand {
    ms period;
    int ticks;
    std::function<ms(int)> work;
    time_point date = get_running_loop().time();
    Future<> over = get_running_loop().create_future<>();
    int said = 0;

    void tick() {
        say("tick {}", said);
        block_for(work(said));
        if (++said == ticks) {
            over.set_result();
            return;
        }
        do {
            date += period;
        } while (date < get_running_loop().time());
        get_running_loop().call_at(date, [this] { tick(); });
    }
};

Coro<> ticker(ms period, int ticks, std::function<ms(int)> work) {
    Hand hand{period, ticks, std::move(work)};
    hand.tick();
    co_await hand.over;
}
