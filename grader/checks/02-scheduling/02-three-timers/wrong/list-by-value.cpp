// expect: wrong-content another-list — each callback appends to a copy of its own
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    ms longest = 0ms;
    for (ms d : delays) {
        get_running_loop().call_later(d, [list, d]() mutable { list.push_back(seconds_text(d)); });
        longest = std::max(longest, d);
    }
    co_await sleep(longest + 200ms);
    co_return list;
}
