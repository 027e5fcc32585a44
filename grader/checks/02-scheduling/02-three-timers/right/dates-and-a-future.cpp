// call_at with dates from one reading of the clock; one more card ends the wait.
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    auto& loop = get_running_loop();
    const time_point begin = loop.time();
    auto over = loop.create_future<>();
    std::vector<std::string> list;
    ms longest = 0ms;
    for (ms d : delays) {
        loop.call_at(begin + d, [d, &list] { list.push_back(seconds_text(d)); });
        longest = std::max(longest, d);
    }
    loop.call_at(begin + longest + 200ms, [over] { over.set_result(); });
    co_await over;
    co_return list;
}
