// old_card.cpp: goes wrong: a new card does not replace the old one, and a served one
// is gone.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    TimerHandle card = loop.call_later(100ms, [] { say("first card"); });
    card = loop.call_later(200ms, [] { say("second card"); }); // both are in the drawer
    co_await sleep(300ms);
    card.cancel(); // too late: it was served at 200
    say("cancelled");
}

int main() { run(async_main()); }
