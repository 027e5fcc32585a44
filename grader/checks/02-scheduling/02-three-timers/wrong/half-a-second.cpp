// expect: wrong-content M46-short — sleeps for the published 500 ms, whatever the delays are
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    for (ms d : delays) {
        get_running_loop().call_later(d, [d, &list] { list.push_back(seconds_text(d)); });
    }
    co_await sleep(500ms);
    co_return list;
}
