// expect: incomplete M01 — a helper awaits the greetings, but nobody awaits the helper
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<> greet_rest(std::vector<std::string> names, ms d) {
    std::size_t next = 1;
    while (next < names.size()) {
        co_await greet(names[next], d);
        ++next;
    }
}

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    co_await greet(names.front(), d);
    auto rest = greet_rest(names, d);
    co_return static_cast<int>(names.size());
}
