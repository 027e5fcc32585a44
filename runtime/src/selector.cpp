// selector.cpp: chooses a selector by its name.
#include "aio/selector.hpp"

#include "aio/error.hpp"

#include <array>
#include <cstdlib>

#ifdef __linux__
#include "aio/epoll_selector.hpp"
#include "aio/uring_selector.hpp"
#endif

namespace aio {
namespace {

struct Kind {
    std::string_view name;
    std::unique_ptr<Selector> (*make)();
};

constexpr auto kinds = std::to_array<Kind>({
#ifdef __linux__
    {"epoll", &make_epoll_selector},
    {"io_uring", &make_uring_selector},
#endif
    {"poll", &make_poll_selector},
});

} // namespace

std::vector<std::string_view> selector_names() {
    std::vector<std::string_view> names;
    for (const Kind& kind : kinds) {
        names.push_back(kind.name);
    }
    return names;
}

std::unique_ptr<Selector> make_selector(std::string_view name) {
    const char* wish = std::getenv("AIO_SELECTOR");
    const std::string_view wanted = !name.empty()     ? name
                                    : wish != nullptr ? std::string_view(wish)
                                                      : std::string_view();
    if (wanted.empty()) {
        return kinds.front().make();
    }
    std::string known;
    for (const Kind& kind : kinds) {
        if (kind.name == wanted) {
            return kind.make();
        }
        known += (known.empty() ? "" : ", ") + std::string(kind.name);
    }
    throw ValueError("no selector is called '" + std::string(wanted) + "' here; there are " +
                     known);
}

} // namespace aio
