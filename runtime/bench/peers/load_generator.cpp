// load_generator.cpp: asks an echo server, as quickly as it answers, and measures the answers.
//
//     load-generator PORT CONNECTIONS SIZE IN_FLIGHT SECONDS
//
// A closed loop: each connection has IN_FLIGHT messages of SIZE bytes on the way, and the answer to
// one sends the next. So the server is never idle and never drowned, and the rate is its rate.
// Prints one line: rps VALUE p50_us VALUE p99_us VALUE all COUNT. The first 0.3 s are not counted,
// except in `all`, which is what the server's processor time must be divided by.
#include "tcp.hpp"
#include "../bench.hpp"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <string>

#include <sys/epoll.h>

namespace {

using namespace bench;

constexpr std::uint64_t warm_up_ns = 300'000'000;

[[noreturn]] void fail(const char* what) {
    std::fprintf(stderr, "load-generator: %s\n", what);
    std::exit(1);
}

/// A server that was just started may need a moment: tries for three seconds.
int connect_to(std::uint16_t port) {
    const sockaddr_in address = loopback(port);
    for (int attempt = 0; attempt < 300; ++attempt) {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
            send_at_once(fd);
            return fd;
        }
        ::close(fd);
        ::usleep(10'000);
    }
    fail("nobody listens there");
}

struct Connection {
    int fd = -1;
    std::size_t received_bytes = 0;      ///< of the answer that is not yet whole
    std::deque<std::uint64_t> sent_at{}; ///< one date for each message on the way
};

class Generator {
public:
    Generator(std::uint16_t port, std::size_t connections, std::size_t size, std::size_t in_flight)
        : connections_(connections), size_(size), messages_(size * in_flight, 'x') {
        latencies_.reserve(4'000'000);
        for (std::size_t i = 0; i < connections; ++i) {
            connections_[i].fd = connect_to(port);
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = i;
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connections_[i].fd, &event);
        }
        for (Connection& connection : connections_) {
            send(connection, in_flight);
        }
    }

    void run(std::uint64_t measured_ns) {
        const std::uint64_t warm = nanoseconds() + warm_up_ns;
        const std::uint64_t end = warm + measured_ns;
        std::uint64_t counting_since = 0;
        std::uint64_t now = 0;
        while ((now = nanoseconds()) < end) {
            if (!counting_ && now >= warm) {
                counting_ = true;
                counting_since = now;
            }
            take_answers();
        }
        print(now - counting_since);
    }

private:
    void take_answers() {
        epoll_event news[128];
        const int count = ::epoll_wait(epoll_, news, std::size(news), 1'000);
        if (count <= 0) {
            fail("the server has stopped to answer");
        }
        for (int i = 0; i < count; ++i) {
            receive(connections_[news[i].data.u64]);
        }
    }

    void receive(Connection& connection) {
        static char buffer[128 * 1024];
        const ssize_t size = ::recv(connection.fd, buffer, sizeof buffer, MSG_DONTWAIT);
        if (size < 0 && errno == EAGAIN) {
            return;
        }
        if (size <= 0) {
            fail("the server has closed a connection");
        }
        if (buffer[0] != 'x' || buffer[size - 1] != 'x') {
            fail("the answer is not what was sent");
        }
        connection.received_bytes += static_cast<std::size_t>(size);
        const std::size_t answers = connection.received_bytes / size_;
        connection.received_bytes %= size_;
        if (answers > 0) {
            note(connection, answers);
            send(connection, answers);
        }
    }

    void note(Connection& connection, std::size_t answers) {
        const std::uint64_t now = nanoseconds();
        all_ += answers;
        for (; answers > 0; --answers) {
            if (counting_) {
                latencies_.push_back(static_cast<std::uint32_t>(now - connection.sent_at.front()));
            }
            connection.sent_at.pop_front();
        }
    }

    void send(Connection& connection, std::size_t count) {
        connection.sent_at.insert(connection.sent_at.end(), count, nanoseconds());
        std::string_view left = std::string_view(messages_).substr(0, count * size_);
        while (!left.empty()) {
            const ssize_t sent = ::send(connection.fd, left.data(), left.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                fail("the server takes no more");
            }
            left.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    /// Returns: the latency, in microseconds, that `part` of the answers did not exceed.
    double quantile_us(double part) {
        const auto index =
            static_cast<std::ptrdiff_t>(part * static_cast<double>(latencies_.size() - 1));
        const auto place = latencies_.begin() + index;
        std::nth_element(latencies_.begin(), place, latencies_.end());
        return *place / 1e3;
    }

    void print(std::uint64_t counted_ns) {
        if (latencies_.empty()) {
            fail("no answer in the whole time");
        }
        const double rate =
            static_cast<double>(latencies_.size()) * 1e9 / static_cast<double>(counted_ns);
        const double middle = quantile_us(0.5);
        const double late = quantile_us(0.99);
        std::printf("rps %.0f p50_us %.1f p99_us %.1f all %llu\n", rate, middle, late,
                    static_cast<unsigned long long>(all_));
    }

    int epoll_ = ::epoll_create1(0);
    std::vector<Connection> connections_;
    std::size_t size_;
    std::string messages_; ///< as many as are ever sent at once
    std::vector<std::uint32_t> latencies_;
    std::uint64_t all_ = 0;
    bool counting_ = false;
};

} // namespace

int main(int argc, char** argv) {
    if (argc < 6) {
        std::fputs("usage: load-generator PORT CONNECTIONS SIZE IN_FLIGHT SECONDS\n", stderr);
        return 2;
    }
    const auto number = [&](int i) { return std::strtoul(argv[i], nullptr, 10); };
    Generator generator(static_cast<std::uint16_t>(number(1)), number(2), number(3), number(4));
    generator.run(static_cast<std::uint64_t>(std::atof(argv[5]) * 1e9));
}
