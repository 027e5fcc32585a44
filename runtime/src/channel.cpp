// channel.cpp: channels on descriptors of the kernel.
#include "aio/channel.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace aio::detail {
namespace {

#ifdef MSG_NOSIGNAL
constexpr int quietly = MSG_NOSIGNAL; // a peer that has gone is an error, not a SIGPIPE
#else
constexpr int quietly = 0; // macOS has SO_NOSIGPIPE instead
#endif

class DescriptorChannel final : public Channel {
public:
    DescriptorChannel(EventLoop& loop, UniqueFd fd, std::string peer_name)
        : Channel(fd.get(), std::move(peer_name)), loop_(loop.id()), fd_(prepared(std::move(fd))) {
        const int on = 1; // small writes leave at once; pipes and Unix sockets refuse it: no matter
        ::setsockopt(fd_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#ifdef SO_NOSIGPIPE
        ::setsockopt(fd_.get(), SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    }

    ~DescriptorChannel() override {
        on_readable(nullptr);
        on_writable(nullptr);
    }

    std::optional<std::size_t> read(ByteQueue& to) override {
        char* room = to.extend(expected_);
        const ssize_t count = uninterrupted([&] { return ::read(fd_.get(), room, expected_); });
        const auto came = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
        to.shrink(expected_ - came);
        // A little more than last time: with the kernel's buffer known to fit, the bytes go
        // straight to where the reader takes them, and the room costs less than a copy. When it was
        // full there may be more, and the next turn reads on.
        expected_ = came == expected_
                        ? std::min(2 * came, longest_read_bytes)
                        : std::min(std::max(came + came / 8 + 64, expected_ - expected_ / 8),
                                   longest_read_bytes);
        return moved("read", count);
    }

    std::optional<std::size_t> read_into(std::span<char> room) override {
        return moved("read",
                     uninterrupted([&] { return ::read(fd_.get(), room.data(), room.size()); }));
    }

    std::optional<std::size_t> write(std::string_view bytes) override {
        return moved("send", uninterrupted([&] {
                         return ::send(fd_.get(), bytes.data(), bytes.size(), quietly);
                     }));
    }

    // Big ones: read at once, those of a whole turn would be in memory together, and out of the
    // processor's cache when the tasks run. Who does not read now is told again.
    bool read_late(bool has_room) const override { return has_room || expected_ > 4096; }

    void on_readable(std::function<void()> callback) override {
        if (EventLoop* loop = EventLoop::find(loop_); loop != nullptr && !loop->is_closed()) {
            callback ? loop->add_reader(fd_.get(), std::move(callback))
                     : static_cast<void>(loop->remove_reader(fd_.get()));
        }
    }

    void on_writable(std::function<void()> callback) override {
        if (EventLoop* loop = EventLoop::find(loop_); loop != nullptr && !loop->is_closed()) {
            callback ? loop->add_writer(fd_.get(), std::move(callback))
                     : static_cast<void>(loop->remove_writer(fd_.get()));
        }
    }

    void end() override { ::shutdown(fd_.get(), SHUT_WR); } // it may be gone: the next read tells

private:
    static std::optional<std::size_t> moved(const char* call, ssize_t count) {
        if (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK) {
            refuse(call);
        }
        return count < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(count));
    }

    std::uint64_t loop_; // by number: a stream may outlive its loop
    UniqueFd fd_;
    std::size_t expected_ = 4096; ///< how much the next read() asks for
};

} // namespace

UniqueFd prepared(UniqueFd fd) {
    if (::fcntl(fd.get(), F_SETFD, FD_CLOEXEC) < 0 ||
        ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) | O_NONBLOCK) < 0) {
        refuse("fcntl");
    }
    return fd;
}

std::unique_ptr<Channel> open_channel(EventLoop& loop, UniqueFd fd, std::string peer) {
    return std::make_unique<DescriptorChannel>(loop, std::move(fd), std::move(peer));
}

} // namespace aio::detail
