// expect: wrong-content count-early — all greetings are right, the count is still taken first
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    std::vector<std::string> spoken;
    const int greeted = static_cast<int>(spoken.size());
    for (const auto& name : names) {
        spoken.push_back(co_await greet(name, d));
    }
    co_return greeted;
}
