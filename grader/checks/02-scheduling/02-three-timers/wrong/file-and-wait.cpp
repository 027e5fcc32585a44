// expect: wrong-time M02 — files a card and sleeps until it has run before it files the next
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<> one_card(ms d, std::vector<std::string>& list) {
    get_running_loop().call_later(d, [&list, d] { list.push_back(seconds_text(d)); });
    co_await sleep(d);
}

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    for (std::size_t i = 0; i < delays.size(); ++i) {
        co_await one_card(delays[i], list);
    }
    co_return list;
}
