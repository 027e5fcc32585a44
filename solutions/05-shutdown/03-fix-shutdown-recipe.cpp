// 05-shutdown/03 fix-shutdown-recipe, solved: the line comes when the wait is over.
#include <aio/lab.hpp>
using namespace aio;

Coro<int> serve(std::string name, ms d) {
    co_await sleep(d); // without the await the sleep would be an object that nobody runs (R1)
    say("{}: done", name);
    co_return static_cast<int>(name.size());
}
