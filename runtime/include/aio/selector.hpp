// selector.hpp: the door through which the outside comes in.
//
// A selector watches descriptors and says which can be read or written without waiting. It can also
// be woken from another thread. What differs between epoll, poll and others stays behind this
// interface.
//
// Floor 2.
#pragma once

#include "aio/time.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace aio {

/// What somebody wants to know about a descriptor, or learns about it.
struct Interest {
    bool readable = false;
    bool writable = false;
};

/// News about one descriptor.
struct Readiness {
    int fd;
    Interest interest;
};

/// Waits for descriptors.
class Selector {
public:
    virtual ~Selector() = default;

    /// Effects: `fd` is watched for `interest`, which replaces an earlier one; an empty interest
    /// ends the watch. Throws: std::system_error, for instance for a descriptor that is not open.
    virtual void watch(int fd, Interest interest) = 0;

    /// Waits for at most `timeout`, for ever without one, and appends the news to `news`.
    /// Returns: true if there were news or a wake(). EINTR does not leave this function.
    virtual bool select(std::optional<duration> timeout, std::vector<Readiness>& news) = 0;

    /// Effects: a select() that waits, or else the next one, returns. May be called from any
    /// thread.
    virtual void wake() = 0;

    /// Returns: a descriptor that can be read while there is news for select(), for somebody else's
    /// loop to watch; -1 if there is none (poll). Ask anew before each wait: io_uring hands its
    /// requests over here.
    virtual int descriptor() { return -1; }
};

/// Returns: the names that make_selector() knows on this system, the default first.
std::vector<std::string_view> selector_names();

/// Returns: the selector called `name`: "epoll", "io_uring" or "poll". Without a name the one that
/// the environment's AIO_SELECTOR names, else epoll on Linux and poll elsewhere. Throws: ValueError
/// for a name that it does not know; std::system_error if the kernel refuses.
std::unique_ptr<Selector> make_selector(std::string_view name = {});

/// Returns: a selector on poll(2), which every Unix has. Complexity of select(): O(descriptors).
std::unique_ptr<Selector> make_poll_selector();

} // namespace aio
