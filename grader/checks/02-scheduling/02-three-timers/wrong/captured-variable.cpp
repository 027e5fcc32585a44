// expect: wrong-content M23 — captures by reference a variable that the loop goes on changing
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    ms d = 0ms;
    ms longest = 0ms;
    for (std::size_t i = 0; i < delays.size(); ++i) {
        d = delays[i];
        get_running_loop().call_later(d, [&] { list.push_back(seconds_text(d)); });
        longest = std::max(longest, d);
    }
    co_await sleep(longest + 200ms);
    co_return list;
}
