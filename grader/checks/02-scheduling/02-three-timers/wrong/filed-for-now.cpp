// expect: wrong-content M14 — files the cards without their dates, for the next turn
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    for (ms d : delays) {
        get_running_loop().call_later(0ms, [d, &list] { list.push_back(seconds_text(d)); });
    }
    co_await sleep(*std::max_element(delays.begin(), delays.end()) + 200ms);
    co_return list;
}
