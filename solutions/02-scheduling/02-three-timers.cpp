// 02-scheduling/02 three-timers, solved: file every card, sleep, hand over the list.
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d); // given

/// Schedules one callback for each delay, and waits until all have run.
/// Returns: the delays as texts, in the order in which the callbacks ran.
Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    // 1 the list belongs to this coroutine, so that it lives until the co_return. The
    //   callbacks may hold a reference to it, because they all run before that.
    std::vector<std::string> list;

    // 2 one card for each delay. The loop over the delays is over before any card is
    //   due, so each callback needs a copy of its own delay.
    ms longest = 0ms;
    for (const ms d : delays) {
        get_running_loop().call_later(d,
                                      [d, &list] { list.push_back(seconds_text(d)); });
        longest = std::max(longest, d);
    }

    // 3 stay. A card keeps nobody from leaving: it is this sleep that lets time move,
    //   and it follows the delays, since a fixed length would fit one set only.
    co_await sleep(longest + 200ms);
    co_return list;
}
