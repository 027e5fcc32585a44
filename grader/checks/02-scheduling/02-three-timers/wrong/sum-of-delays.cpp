// expect: wrong-time M46 — files all cards at once, but sleeps as if their delays added up
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    ms total = 200ms;
    for (ms d : delays) {
        total += d;
        get_running_loop().call_later(d, [d, &list] { list.push_back(seconds_text(d)); });
    }
    co_await sleep(total);
    co_return list;
}
