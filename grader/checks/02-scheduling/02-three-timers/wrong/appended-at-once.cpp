// expect: wrong-content M14 — appends while it schedules, the callbacks are empty
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    auto& loop = get_running_loop();
    std::vector<std::string> list;
    ms longest = 0ms;
    for (ms d : delays) {
        list.push_back(seconds_text(d));
        loop.call_later(d, [] {});
        longest = std::max(longest, d);
    }
    co_await sleep(longest + 200ms);
    co_return list;
}
