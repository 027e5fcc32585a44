// expect: wrong-content M25 — blocks, then lets the late callbacks run: a right list, wrong dates
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    ms longest = 0ms;
    for (ms d : delays) {
        get_running_loop().call_later(d, [d, &list] { list.push_back(seconds_text(d)); });
        longest = std::max(longest, d);
    }
    block_for(longest + 200ms);
    co_await sleep(0ms);
    co_await sleep(0ms);
    co_return list;
}
