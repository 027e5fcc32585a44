// expect: wrong-content read-the-clock — appends the time at which the callback runs, not its delay
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    for (ms d : delays) {
        get_running_loop().call_later(d, [&list] { list.push_back(seconds_text(now())); });
    }
    co_await sleep(*std::max_element(delays.begin(), delays.end()) + 200ms);
    co_return list;
}
