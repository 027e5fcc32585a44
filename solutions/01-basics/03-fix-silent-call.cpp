// 01-basics/03 fix-silent-call, solved: every object is awaited, the count comes last.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d); // given, correct

/// Greets all guests, one after another.
/// Returns: how many were greeted.
Coro<int> greet_all(std::vector<std::string> names, ms d) {
    std::vector<std::string> spoken;

    // 1 a Coro becomes a string only through co_await, so asking for the text also
    //   makes sure that the greeting was spoken.
    spoken.push_back(co_await greet(names.front(), d));

    // 2 awaiting inside the loop keeps the greetings in sequence, which is wanted here.
    for (std::size_t i = 1; i < names.size(); ++i) {
        spoken.push_back(co_await greet(names[i], d));
    }

    // 3 counted when all waits are over: before the loop there was nothing to count.
    co_return static_cast<int>(spoken.size());
}
