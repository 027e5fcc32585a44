// The callback that completes the list sets an event; a short sleep follows.
#include <memory>
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    auto list = std::make_shared<std::vector<std::string>>();
    Event complete;
    for (ms d : delays) {
        get_running_loop().call_later(d, [&complete, list, d, n = delays.size()] {
            list->push_back(seconds_text(d));
            if (list->size() == n) {
                complete.set();
            }
        });
    }
    co_await complete.wait();
    co_await sleep(200ms);
    co_return *list;
}
