// expect: incomplete M01 — keeps the objects in a list, as if keeping them were running them
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    std::vector<Coro<std::string>> greetings;
    for (const auto& name : names) {
        greetings.push_back(greet(name, d));
    }
    co_return static_cast<int>(greetings.size());
}
