// expect: wrong-content M09 — files the cards and hands over the list without waiting
#include <memory>
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    auto list = std::make_shared<std::vector<std::string>>();
    for (ms d : delays) {
        get_running_loop().call_later(d, [=] { list->push_back(seconds_text(d)); });
    }
    co_return *list;
}
