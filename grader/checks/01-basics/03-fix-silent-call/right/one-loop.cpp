// One loop for everybody; the count is a counter.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    int greeted = 0;
    for (const auto& name : names) {
        co_await greet(name, d);
        ++greeted;
    }
    co_return greeted;
}
