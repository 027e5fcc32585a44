// expect: wrong-content M14 — each callback fills the slot that its delay has in the arguments
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> slots(delays.size());
    for (std::size_t i = 0; i < delays.size(); ++i) {
        get_running_loop().call_later(delays[i],
                                      [i, &slots, &delays] { slots[i] = seconds_text(delays[i]); });
    }
    co_await sleep(*std::max_element(delays.begin(), delays.end()) + 200ms);
    co_return slots;
}
