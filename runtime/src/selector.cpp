// selector.cpp: chooses the selector of this machine.
#include "aio/selector.hpp"

#ifdef __linux__
#include "aio/epoll_selector.hpp"
#endif

namespace aio {

std::unique_ptr<Selector> make_selector() {
#ifdef __linux__
    return make_epoll_selector();
#else
    return make_poll_selector();
#endif
}

} // namespace aio
