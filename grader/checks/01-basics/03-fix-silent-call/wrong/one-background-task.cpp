// expect: incomplete M09 — one task greets everybody in sequence, and nobody waits for it
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<> greet_everyone(std::vector<std::string> names, ms d) {
    for (const auto& name : names) {
        co_await greet(name, d);
    }
}

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    auto host = create_task(greet_everyone(names, d), "host");
    co_await sleep(d + d / 2);
    co_return static_cast<int>(names.size());
}
