// tcp.hpp: loopback sockets, for the programs whose library leaves those to its users.
#pragma once

#include <cstdint>
#include <cstdlib>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bench {

inline sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// Effects: what is written leaves at once. Every server here does it, or a request of 64 bytes
/// waits for the acknowledgement of the one before.
inline void send_at_once(int fd) {
    const int yes = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

/// Returns: a socket that listens; `flags` as for socket(2).
inline int listen_on(std::uint16_t port, int flags = SOCK_NONBLOCK) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | flags, 0);
    const int yes = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    send_at_once(fd);
    const sockaddr_in address = loopback(port);
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(fd, 1024) != 0) {
        std::abort();
    }
    return fd;
}

} // namespace bench
