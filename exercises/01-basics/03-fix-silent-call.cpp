// 01-basics/03 fix-silent-call: find the greetings that were written but never spoken.
// Read lessons/01-basics first. Edit only this file. Check it:  ./lab check 01-3
//
// At a party every guest is greeted, one after another, each greeting taking d. This
// program prints its first and its last line, none of the greetings, and ends at 0.
// Find the two places where a coroutine object is made but not run, and the one where a
// result is used before it exists. Keep the greetings in sequence. The list of names
// has at least two entries; the guest of honour stands first.
//
// greet(name, d) is given and right. It waits for d, says "Hello, NAME!" and returns
// that text. The checker says "doors open" before it calls your function, and
// afterwards how many guests it counted.
//
// With Ada, Ben and Cleo and d = 500 ms the transcript must be
//   [    0] doors open
//   [  500] Hello, Ada!
//   [ 1000] Hello, Ben!
//   [ 1500] Hello, Cleo!
//   [ 1500] 3 greeted
//
// Rules you need: R1 (a call makes an object), R3 (awaiting), R16 (never awaited).
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d); // given, correct

/// Greets all guests, one after another.
/// Returns: how many were greeted.
Coro<int> greet_all(std::vector<std::string> names, ms d) {
    std::vector<std::string> spoken;

    // TODO(1): does this line greet the guest of honour, or only make an object?
    auto honour = greet(names.front(), d);

    // TODO(2): what has been spoken by now, and when should it be counted?
    const int greeted = static_cast<int>(spoken.size());

    for (std::size_t i = 1; i < names.size(); ++i) {
        // TODO(3): what becomes of this object at the closing brace?
        auto greeting = greet(names[i], d);
    }
    co_return greeted;
}
