// expect: wrong-content M14 — call_soon: tickets, which are served in the order of the calls
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> order;
    auto wait = 0ms;
    for (ms delay : delays) {
        get_running_loop().call_soon([&order, delay] { order.push_back(seconds_text(delay)); });
        wait = std::max(wait, delay);
    }
    co_await sleep(wait + 200ms);
    co_return order;
}
