// expect: wrong-content M14 — appends in the loop over the delays and only adds the sleep
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    ms longest = 0ms;
    for (const ms d : delays) {
        list.push_back(seconds_text(d));
        longest = std::max(longest, d);
    }
    co_await sleep(longest + 200ms);
    co_return list;
}
