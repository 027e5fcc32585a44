// raw_echo.cpp: echo servers without a library: what the kernel asks for a request.
//
//     raw-echo epoll PORT    two calls a request, and one for each turn
//     raw-echo uring PORT    one call a turn for all connections (where liburing is installed)
#include "servers.hpp"
#include "tcp.hpp"
#include "../bench.hpp"

#include <cerrno>

#include <sys/epoll.h>
#if PEER_URING
#include <liburing.h>
#endif

namespace {

using namespace bench;

void watch(int epoll, int fd) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

/// Receives once and sends once: a descriptor that has more is told again on the next turn.
void send_back(int fd) {
    static char buffer[64 * 1024];
    const ssize_t size = ::recv(fd, buffer, sizeof buffer, 0);
    if (size < 0 && errno == EAGAIN) {
        return;
    }
    if (size <= 0 || ::send(fd, buffer, static_cast<std::size_t>(size), MSG_NOSIGNAL) != size) {
        ::close(fd); // epoll forgets it by itself
    }
}

void serve_epoll(std::uint16_t port) {
    const int listener = listen_on(port);
    const int epoll = ::epoll_create1(0);
    watch(epoll, listener);
    for (;;) {
        epoll_event news[256];
        const int count = ::epoll_wait(epoll, news, std::size(news), -1);
        for (int i = 0; i < count; ++i) {
            if (news[i].data.fd != listener) {
                send_back(news[i].data.fd);
            } else if (const int fd = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
                       fd >= 0) {
                watch(epoll, fd);
            }
        }
    }
}

#if PEER_URING

/// The server on io_uring. Requests go into one ring, their ends come out of the other.
///
/// Received bytes land in one of `buffers` slots that the kernel picks; the answer is sent from the
/// same slot, and then the kernel gets it back.
class UringServer {
public:
    explicit UringServer(int listener) : listener_(listener) {
        io_uring_params parameters{};
        // The kernel's share of the work is done when this thread waits, not in an interrupt.
        parameters.flags =
            IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE;
        parameters.cq_entries = 8192;
        if (io_uring_queue_init_params(4096, &ring_, &parameters) != 0) {
            std::fputs("raw-echo: the kernel has no io_uring for us\n", stderr);
            std::exit(3);
        }
        give_all_buffers();
        accept_many();
    }

    [[noreturn]] void run() {
        for (;;) {
            io_uring_submit_and_wait(&ring_, 1);
            unsigned head = 0;
            unsigned count = 0;
            io_uring_cqe* end = nullptr;
            io_uring_for_each_cqe(&ring_, head, end) {
                ++count;
                on_end(*end);
            }
            io_uring_cq_advance(&ring_, count);
            io_uring_buf_ring_advance(free_, returned_);
            returned_ = 0;
        }
    }

private:
    static constexpr unsigned buffers = 512;
    static constexpr std::size_t buffer_bytes = 16 * 1024;
    enum class Kind : std::uint8_t { accept, receive, send };

    /// What a request carries, and its end brings back.
    struct Tag {
        Kind kind;
        std::uint16_t buffer;
        int fd;
    };
    static_assert(sizeof(Tag) == sizeof(std::uint64_t));

    void give_all_buffers() {
        void* const slots = std::aligned_alloc(4096, buffers * sizeof(io_uring_buf));
        memory_ = static_cast<char*>(std::aligned_alloc(4096, buffers * buffer_bytes));
        io_uring_buf_reg registration{};
        registration.ring_addr = reinterpret_cast<std::uint64_t>(slots);
        registration.ring_entries = buffers;
        if (io_uring_register_buf_ring(&ring_, &registration, 0) != 0) {
            std::abort();
        }
        free_ = static_cast<io_uring_buf_ring*>(slots);
        io_uring_buf_ring_init(free_);
        for (unsigned i = 0; i < buffers; ++i) {
            give_back(static_cast<std::uint16_t>(i));
        }
        io_uring_buf_ring_advance(free_, returned_);
        returned_ = 0;
    }

    char* bytes(std::uint16_t buffer) { return memory_ + buffer * buffer_bytes; }

    void give_back(std::uint16_t buffer) { // the kernel sees it with the next advance
        io_uring_buf_ring_add(free_, bytes(buffer), buffer_bytes, buffer,
                              io_uring_buf_ring_mask(buffers), returned_++);
    }

    io_uring_sqe* request() {
        io_uring_sqe* place = io_uring_get_sqe(&ring_);
        if (place == nullptr) { // full: hand over what is there
            io_uring_submit(&ring_);
            place = io_uring_get_sqe(&ring_);
        }
        return place;
    }

    static void mark(io_uring_sqe* place, Tag tag) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &tag, sizeof bits);
        io_uring_sqe_set_data64(place, bits);
    }

    void accept_many() {
        io_uring_sqe* place = request();
        io_uring_prep_multishot_accept(place, listener_, nullptr, nullptr, 0);
        mark(place, {Kind::accept, 0, listener_});
    }

    void receive_many(int fd) {
        io_uring_sqe* place = request();
        io_uring_prep_recv_multishot(place, fd, nullptr, 0, 0);
        place->flags |= IOSQE_BUFFER_SELECT;
        place->buf_group = 0;
        mark(place, {Kind::receive, 0, fd});
    }

    void send(int fd, std::uint16_t buffer, std::size_t size) {
        io_uring_sqe* place = request();
        io_uring_prep_send(place, fd, bytes(buffer), size, MSG_WAITALL | MSG_NOSIGNAL);
        mark(place, {Kind::send, buffer, fd});
    }

    void on_end(const io_uring_cqe& end) {
        Tag tag{};
        std::memcpy(&tag, &end.user_data, sizeof tag);
        const bool stays_armed = (end.flags & IORING_CQE_F_MORE) != 0;
        if (tag.kind == Kind::accept) {
            if (end.res >= 0) {
                receive_many(end.res);
            }
            if (!stays_armed) {
                accept_many();
            }
        } else if (tag.kind == Kind::send) {
            give_back(tag.buffer);
        } else if (end.res > 0) {
            send(tag.fd, static_cast<std::uint16_t>(end.flags >> IORING_CQE_BUFFER_SHIFT),
                 static_cast<std::size_t>(end.res));
            if (!stays_armed) {
                receive_many(tag.fd);
            }
        } else if (end.res == -ENOBUFS) { // all slots are on their way out: ask again
            receive_many(tag.fd);
        } else {
            ::close(tag.fd);
        }
    }

    io_uring ring_{};
    io_uring_buf_ring* free_ = nullptr;
    char* memory_ = nullptr;
    int returned_ = 0; ///< slots that the kernel has not been told of
    int listener_;
};

void serve_uring(std::uint16_t port) { UringServer(listen_on(port, 0)).run(); }

#endif

} // namespace

int main(int argc, char** argv) {
    const std::span arguments(argv, static_cast<std::size_t>(argc));
#if PEER_URING
    if (served(arguments, "uring", serve_uring)) {
        return 0;
    }
#endif
    if (served(arguments, "epoll", serve_epoll)) {
        return 0;
    }
    return run(arguments, {}, nullptr);
}
