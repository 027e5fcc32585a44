// The wait is a task of its own, awaited at once.
#include <aio/lab.hpp>
using namespace aio;

Coro<int> serve(std::string name, ms d) {
    co_await create_task(sleep(d));
    say("{}: done", name);
    co_return static_cast<int>(name.size());
}
