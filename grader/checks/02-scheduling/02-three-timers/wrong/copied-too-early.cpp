// expect: wrong-content another-list — takes its result from the list before the wait
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> shared;
    auto longest = 0ms;
    for (const auto& d : delays) {
        get_running_loop().call_later(d, [&] { shared.push_back(seconds_text(d)); });
        longest = std::max(longest, d);
    }
    std::vector<std::string> result = shared;
    co_await sleep(longest + 200ms);
    co_return result;
}
