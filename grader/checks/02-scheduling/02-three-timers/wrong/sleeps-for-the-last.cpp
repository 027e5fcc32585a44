// expect: wrong-content M46-short — waits for the delay that is named last, not for the longest
#include <memory>
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    auto list = std::make_shared<std::vector<std::string>>();
    auto& loop = get_running_loop();
    for (auto d : delays) {
        loop.call_later(d, [d, list] { list->push_back(seconds_text(d)); });
    }
    co_await sleep(delays.back() + 200ms);
    co_return *list;
}
