// expect: wrong-time M46 — waits exactly as long as the longest delay
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    auto& loop = get_running_loop();
    for (ms d : delays) {
        loop.call_later(d, [d, &list] { list.push_back(seconds_text(d)); });
    }
    std::sort(delays.begin(), delays.end());
    co_await sleep(delays.back());
    co_return list;
}
