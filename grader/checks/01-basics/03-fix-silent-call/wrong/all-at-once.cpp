// expect: wrong-time all-at-once — one gather greets everybody at the same moment
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    std::vector<Coro<std::string>> greetings;
    for (const auto& name : names) {
        greetings.push_back(greet(name, d));
    }
    const auto spoken = co_await gather(std::move(greetings));
    co_return static_cast<int>(spoken.size());
}
