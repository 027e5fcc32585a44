// signals.hpp: the process's signals, as callbacks of a loop.
//
//     kernel -- interrupts whatever runs --> handler: one byte into a pipe, and the loop's bell
//     loop, next turn: bytes out of the pipe --> callbacks into the ready queue
//
// So a callback for a signal interrupts nobody: it takes its turn like all others, may use whatever
// they use, and does not run while something blocks the loop.
//
// The functions are members of EventLoop: add_signal_handler(), remove_signal_handler(),
// raise_at().
//
// Floor 8.
#pragma once

#include "aio/event_loop.hpp"
#include "aio/unique_fd.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>

namespace aio::detail {

/// The signals that one loop has asked for. What they were before comes back with remove(), or the
/// end of this.
class Signals {
public:
    /// `once`: each is caught once, then it does again what it did before; one of each kind is
    /// kept, in no order, so there is no pipe. Throws: std::system_error if there must be one.
    explicit Signals(EventLoop& loop, bool once = false);
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    void add(int signo, std::function<void()> callback);
    bool remove(int signo);
    bool empty() const noexcept { return handlers_.empty(); }
    /// On the loop's thread: queues a callback for each signal that has come, in their order.
    void collect();
    /// Calls the callback for `signo`. Returns: false if there is none any more.
    bool call(int signo);
    /// In the kernel's handler: what may be called there is little (signal-safety(7)).
    void note(int signo) noexcept;

private:
    struct Handler;

    void queue(int signo);

    EventLoop& loop_;
    bool once_;
    UniqueFd out_; ///< of the pipe
    UniqueFd in_;
    std::atomic<std::uint64_t> missed_ = 0; ///< a bit for each signal that found the pipe full
    std::map<int, Handler> handlers_;
};

} // namespace aio::detail
