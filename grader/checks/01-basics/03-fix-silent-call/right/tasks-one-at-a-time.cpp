// Each greeting is a task of its own, awaited before the next is made: still in sequence.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    int greeted = 0;
    for (const auto& name : names) {
        Task<std::string> greeting = create_task(greet(name, d), name);
        const std::string text = co_await greeting;
        greeted += text.empty() ? 0 : 1;
    }
    co_return greeted;
}
