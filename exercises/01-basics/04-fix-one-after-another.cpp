// 01-basics/04 fix-one-after-another: load every panel of a dashboard at the same time.
// Read lessons/01-basics first. Edit only this file. Check it:  ./lab check 01-4
//
// A dashboard loads its panels one after another, so its reader waits for the sum of
// all delays. Make it take as long as its slowest panel. Keep the list of results in
// the order of the arguments, and keep the function's signature. There may be no panels
// at all.
//
// load_panel(name, d) is given. It says "NAME: loading", waits for d, says "NAME:
// loaded" and returns "NAME panel". The checker says what your function returned.
//
// With news (300 ms), mail (100 ms) and weather (200 ms) the transcript must be
//   [    0] news: loading
//   [    0] mail: loading
//   [    0] weather: loading
//   [  100] mail: loaded
//   [  200] weather: loaded
//   [  300] news: loaded
//   [  300] returned [news panel, mail panel, weather panel]
//
// Rules you need: R1 (a call makes an object), R2 (tasks), R3 (awaiting),
// R17 (results).
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d); // given

/// Loads all panels.
/// Returns: one text per panel, in the order of the arguments.
Coro<std::vector<std::string>> load_all(
    std::vector<std::pair<std::string, ms>> panels) {
    std::vector<std::string> results;
    for (const auto& [name, d] : panels) {
        // TODO(1): which other panel can load while this line waits?
        results.push_back(co_await load_panel(name, d));
    }
    co_return results;
}
