// expect: incomplete M01 — only the first greeting is awaited, the loop still drops its objects
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    std::vector<std::string> spoken;
    spoken.push_back(co_await greet(names.front(), d));
    for (std::size_t i = 1; i < names.size(); ++i) {
        auto greeting = greet(names[i], d);
        spoken.push_back(names[i]);
    }
    co_return static_cast<int>(spoken.size());
}
