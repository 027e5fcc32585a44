// expect: wrong-time all-at-once — two loops: make all tasks, then await them
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    std::vector<Task<std::string>> guests;
    for (std::size_t i = 0; i < names.size(); ++i) {
        guests.push_back(create_task(greet(names[i], d)));
    }
    int count = 0;
    while (!guests.empty()) {
        co_await guests.back();
        guests.pop_back();
        ++count;
    }
    co_return count;
}
