// expect: incomplete M01 — the guest of honour is still not greeted
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    auto honour = greet(names.front(), d);
    int greeted = 1;
    for (std::size_t i = 1; i < names.size(); ++i) {
        co_await greet(names[i], d);
        ++greeted;
    }
    co_return greeted;
}
