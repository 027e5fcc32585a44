// expect: crashed missing-co-return — greets everybody, counts them, and never returns the number
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

#pragma GCC diagnostic ignored "-Wunused-but-set-variable" // what this answer is about

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    int greeted = 0;
    for (const auto& name : names) {
        co_await greet(name, d);
        ++greeted;
    }
}
