// expect: wrong-content M15 — takes milliseconds for seconds, the unit of call_later in Python
#include <memory>
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    auto list = std::make_shared<std::vector<std::string>>();
    ms longest = 0ms;
    for (ms d : delays) {
        get_running_loop().call_later(std::chrono::seconds(d.count()),
                                      [d, list] { list->push_back(seconds_text(d)); });
        longest = std::max(longest, d);
    }
    co_await sleep(longest + 200ms);
    co_return *list;
}
