// expect: rejected rejected — the runtime's own function
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    co_return co_await wait_for(std::move(work), d);
}
