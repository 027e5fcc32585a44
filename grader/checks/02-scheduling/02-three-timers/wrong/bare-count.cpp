// expect: wrong-content M15 — builds the loop's own duration from a bare count: nanoseconds
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    auto& loop = get_running_loop();
    for (ms d : delays) {
        loop.call_later(duration(d.count()), [d, &list] { list.push_back(seconds_text(d)); });
    }
    co_await sleep(*std::max_element(delays.begin(), delays.end()) + 200ms);
    co_return list;
}
