// channel.hpp: what carries the bytes of a stream: a socket, a pipe, or a simulated connection.
//
// Streams know bytes, buffers and tasks; a channel knows how to move bytes without waiting, and
// when to try again. So the same stream runs on the kernel and on the virtual clock.
//
// Floor 8.
#pragma once

#include "aio/event_loop.hpp"
#include "aio/unique_fd.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>

namespace aio::detail {

/// Bytes in order: appended behind, taken in front. Complexity: amortized O(bytes).
class ByteQueue {
public:
    void append(std::string_view more);
    /// For a system call that writes: makes room for `count` bytes at the end, which are zero.
    /// Returns: where. Then shrink() takes back what was not filled.
    char* extend(std::size_t count);
    void shrink(std::size_t count) { bytes_.resize(bytes_.size() - count); }
    std::string_view view() const { return std::string_view(bytes_).substr(begin_); }
    std::size_t size() const noexcept { return bytes_.size() - begin_; }
    void drop(std::size_t count);
    /// Returns: the first `count` bytes, or all. If that is everything, and fills most of the
    /// memory, the memory itself is handed over and nothing is copied.
    std::string take(std::size_t count);

private:
    std::string bytes_;
    std::size_t begin_ = 0;
};

/// No read() of a channel gives more than this.
constexpr std::size_t longest_read_bytes = 64UL * 1024;

/// One end of a connection. Destroying it closes it and ends its watches.
class Channel {
public:
    Channel(std::int64_t number, std::string peer_name) : id(number), peer(std::move(peer_name)) {}
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    virtual ~Channel() = default;

    /// Move bytes without waiting, read() behind what `to` has. Return: how many, 0 from a read at
    /// the end; nothing if that would have to wait. Throw: std::system_error; neither EINTR nor
    /// EAGAIN, nor SIGPIPE.
    virtual std::optional<std::size_t> read(ByteQueue& to) = 0;
    virtual std::optional<std::size_t> read_into(std::span<char>) { return {}; } ///< if read_late()
    virtual std::optional<std::size_t> write(std::string_view bytes) = 0;
    /// Call back at each turn in which read(), or write(), would not wait; with null no more.
    virtual void on_readable(std::function<void()> callback) = 0;
    virtual void on_writable(std::function<void()> callback) = 0;
    /// Returns: whether bytes may stay here for a turn, until the task runs that waits for them;
    /// `has_room`: it has memory for read_into().
    virtual bool read_late(bool /*has_room*/) const { return false; }
    /// Effects: the peer reads what was written, then the end.
    virtual void end() = 0;

    const std::int64_t id; ///< the descriptor, or a simulated connection's number: for the trace
    const std::string peer;
};

/// Returns: a channel on a socket, or on the end of a pipe that is only read. Effects: `fd` no
/// longer blocks.
std::unique_ptr<Channel> open_channel(EventLoop& loop, UniqueFd fd, std::string peer);

/// Effects: calls on `fd` do not wait, and programs that are started do not get it. Returns: it.
UniqueFd prepared(UniqueFd fd);

/// Calls `call` again as long as a signal interrupts it. Returns: what it returned.
template <class Call> ssize_t uninterrupted(Call call) {
    ssize_t result = call();
    while (result < 0 && errno == EINTR) {
        result = call();
    }
    return result;
}

} // namespace aio::detail
