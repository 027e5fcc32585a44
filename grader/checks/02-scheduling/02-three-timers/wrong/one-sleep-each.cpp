// expect: wrong-time M02 — sleeps through one delay after another and appends by hand
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    for (ms d : delays) {
        co_await sleep(d);
        list.push_back(seconds_text(d));
    }
    co_await sleep(200ms);
    co_return list;
}
