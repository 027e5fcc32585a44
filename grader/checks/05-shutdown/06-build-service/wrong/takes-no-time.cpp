// expect: wrong-time M01 — calls sleep and does not await it
#include <aio/lab.hpp>
using namespace aio;

Coro<int> serve(std::string name, ms d) {
    Coro<> nap = sleep(d);
    say("{}: done", name);
    co_return static_cast<int>(name.size());
}
