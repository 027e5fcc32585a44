// expect: wrong-content equal-delays — puts the delays into a set first, which keeps one of each
#include <set>
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    const std::set<ms> dates(delays.begin(), delays.end());
    for (ms d : dates) {
        get_running_loop().call_later(d, [d, &list] { list.push_back(seconds_text(d)); });
    }
    co_await sleep(*dates.rbegin() + 200ms);
    co_return list;
}
