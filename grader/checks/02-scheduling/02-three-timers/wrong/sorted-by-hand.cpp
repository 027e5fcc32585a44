// expect: wrong-content no-callbacks — sorts the delays, fills the list itself and sleeps
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::sort(delays.begin(), delays.end());
    std::vector<std::string> list;
    for (ms d : delays) {
        list.push_back(seconds_text(d));
    }
    co_await sleep(delays.back() + 200ms);
    co_return list;
}
