// A plain function schedules, a task waits; the callbacks are std::functions made beforehand.
#include <functional>
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

std::vector<std::string> order;

void schedule(const std::vector<ms>& delays) {
    for (auto d = delays.rbegin(); d != delays.rend(); ++d) {
        std::function<void()> append = [text = seconds_text(*d)] { order.push_back(text); };
        get_running_loop().call_later(*d, append);
    }
}

Coro<> until_all_have_run(std::size_t n) {
    while (order.size() < n) {
        co_await sleep(10ms);
    }
}

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    order.clear();
    schedule(delays);
    co_await create_task(until_all_have_run(delays.size()));
    co_await sleep(200ms);
    co_return order;
}
