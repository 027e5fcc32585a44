// All objects are made first and awaited in order: an object on the table costs no time.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    std::vector<Coro<std::string>> cards;
    for (const auto& name : names) {
        cards.push_back(greet(name, d));
    }
    int greeted = 0;
    for (auto& card : cards) {
        co_await std::move(card);
        ++greeted;
    }
    co_return greeted;
}
