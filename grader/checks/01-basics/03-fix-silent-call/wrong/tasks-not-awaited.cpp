// expect: incomplete M09 — makes a task of every greeting and returns without waiting
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    int greeted = 0;
    for (const auto& name : names) {
        auto greeting = create_task(greet(name, d));
        ++greeted;
    }
    co_return greeted;
}
