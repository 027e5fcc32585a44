// expect: wrong-content no-callbacks — a task for each delay that sleeps and then appends
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<> append_later(std::vector<std::string>& list, ms d) {
    co_await sleep(d);
    list.push_back(seconds_text(d));
}

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    std::vector<Coro<>> waits;
    for (ms d : delays) {
        waits.push_back(append_later(list, d));
    }
    co_await gather(std::move(waits));
    co_await sleep(200ms);
    co_return list;
}
