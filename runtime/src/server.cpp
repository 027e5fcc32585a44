// server.cpp: how connections are made, from both sides.
#include "aio/stream.hpp"

#include "aio/sim_network.hpp"
#include "aio/sleep.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>

namespace aio {
namespace detail {
namespace {

/// Where somebody listens: a path, or a host and a port.
struct Place {
    std::string host; ///< or a path, with a '/'
    std::uint16_t port = 0;

    bool is_path() const { return host.find('/') != host.npos; }
    std::string name() const {
        const bool has_colons = host.find(':') != host.npos; // an address of version 6
        return is_path() ? host
                         : (has_colons ? "[" + host + "]" : host) + ":" + std::to_string(port);
    }
};

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress address_of(const Place& place) {
    SocketAddress address;
    if (place.is_path()) {
        sockaddr_un local{};
        local.sun_family = AF_UNIX;
        if (place.host.size() >= sizeof local.sun_path) {
            throw Error("the path is too long for a socket: " + place.host);
        }
        place.host.copy(local.sun_path, place.host.size());
        std::memcpy(&address.storage, &local, sizeof local);
        address.size = sizeof local;
        return address;
    }
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV; // so that nobody waits for a name server
    addrinfo* found = nullptr;
    if (::getaddrinfo(place.host.c_str(), std::to_string(place.port).c_str(), &hints, &found) !=
        0) {
        throw Error("not an address in figures, nor localhost: " + place.host);
    }
    std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
    address.size = found->ai_addrlen;
    ::freeaddrinfo(found);
    return address;
}

Place place_of(SocketAddress address) {
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> port{};
    if (address.storage.ss_family == AF_UNIX ||
        ::getnameinfo(address.get(), address.size, host.data(), host.size(), port.data(),
                      port.size(), NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
        return {"/"};
    }
    return {host.data(), static_cast<std::uint16_t>(std::stoi(port.data()))};
}

UniqueFd open_socket(SocketAddress& address) {
    UniqueFd fd(::socket(address.storage.ss_family, SOCK_STREAM, 0));
    if (fd.get() < 0) {
        refuse("socket");
    }
    return prepared(std::move(fd));
}

Coro<> until_writable(int fd) {
    EventLoop& loop = get_running_loop();
    const Future<void> ready(Ref(new FutureState<void>(loop, "a connection")));
    struct EndWatch {
        EventLoop& loop;
        int fd;
        ~EndWatch() {
            if (!loop.is_closed()) {
                loop.remove_writer(fd);
            }
        }
    } const cleanup{loop, fd};
    loop.add_writer(fd, [ready] {
        if (!ready.done()) {
            ready.set_result();
        }
    });
    co_await ready;
}

Coro<std::unique_ptr<Channel>> socket_connect(Place place) {
    SocketAddress address = address_of(place);
    UniqueFd fd = open_socket(address);
    const auto connect = [&] { return ::connect(fd.get(), address.get(), address.size); };
    while (connect() != 0 && errno != EISCONN) {
        if (errno == EINPROGRESS || errno == EINTR || errno == EALREADY) {
            co_await until_writable(fd.get()); // no proof: asked again, it says if it is connected
            socklen_t size = sizeof errno;
            ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &errno, &size);
        }
        if (errno == EAGAIN) { // a Unix server whose line is full gives no other news
            co_await sleep(1ms);
        } else if (errno != 0) {
            refuse("connect to " + place.name());
        }
    }
    co_return open_channel(get_running_loop(), std::move(fd), place.name());
}

void refuse_zero(std::size_t limit_bytes) {
    if (limit_bytes == 0) {
        throw ValueError("a stream's limit is at least one byte");
    }
}

Coro<Connection> connect(Place place, std::size_t limit_bytes) {
    refuse_zero(limit_bytes);
    std::unique_ptr<Channel> channel;
    if (has_sim_network(get_running_loop())) {
        channel = co_await sim_connect(place.host, place.port);
    } else {
        channel = co_await socket_connect(place);
    }
    const Ref stream(new Stream(std::move(channel), limit_bytes));
    stream->begin();
    co_return stream->connection();
}

} // namespace

/// A server. Its handles share one owner, whose end closes it; its visits keep the rest alive.
struct ServerState : std::enable_shared_from_this<ServerState> {
    ServerState(EventLoop& l, ConnectionHandler h, Place p, std::size_t limit_bytes)
        : loop(l.id()), clock(&l.clock()), handler(std::move(h)), place(std::move(p)),
          limit(limit_bytes) {}
    ServerState(const ServerState&) = delete;
    ServerState& operator=(const ServerState&) = delete;
    ~ServerState() { close(); }

    void listen(EventLoop& on);
    void watch(EventLoop& on);
    void accept_all();
    void welcome(std::unique_ptr<Channel> channel);
    void close();

    std::uint64_t loop;
    const Clock* clock;
    ConnectionHandler handler;
    Place place;
    std::size_t limit;
    UniqueFd socket; ///< none on the simulated network
    bool serving = false;
    int visits = 0; ///< handlers that have not ended
    Bell quiet;     ///< close() was called, or the last handler has ended
};

namespace {

/// Counts a handler, also one that is cancelled before it begins.
struct Visit {
    std::shared_ptr<ServerState> server;
    explicit Visit(std::shared_ptr<ServerState> host) : server(std::move(host)) {
        ++server->visits;
    }
    Visit(Visit&&) = default;
    Visit& operator=(Visit&&) = delete;
    ~Visit() {
        if (server != nullptr && --server->visits == 0) {
            server->quiet.ring();
        }
    }
};

Coro<> serve([[maybe_unused]] Visit visit, ConnectionHandler handler, Connection connection) {
    std::exception_ptr error;
    try {
        co_await handler(connection.reader, connection.writer);
    } catch (const std::exception&) { // a cancel goes on its way
        error = std::current_exception();
    }
    if (error != nullptr) {
        connection.writer.close();
        get_running_loop().call_exception_handler({"exception in a connection's handler", error});
    }
}

} // namespace

void ServerState::listen(EventLoop& on) {
    if (has_sim_network(on)) {
        const auto greet = [state = weak_from_this()](std::unique_ptr<Channel> channel) {
            if (const auto server = state.lock(); server != nullptr && server->serving) {
                server->welcome(std::move(channel));
            }
        };
        place.port = sim_listen(on, place.host, place.port, greet);
        serving = true;
        return;
    }
    struct stat old{};
    if (place.is_path() && ::stat(place.host.c_str(), &old) == 0 && S_ISSOCK(old.st_mode)) {
        ::unlink(place.host.c_str()); // left behind by a server that is gone
    }
    SocketAddress address = address_of(place.host.empty() ? Place{"0.0.0.0", place.port} : place);
    socket = open_socket(address);
    const int reuse = 1; // the port of a server that has just ended
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    if (::bind(socket.get(), address.get(), address.size) != 0 ||
        ::listen(socket.get(), 100) != 0) {
        refuse("listen at " + place.name());
    }
    SocketAddress bound;
    if (::getsockname(socket.get(), bound.get(), &bound.size) == 0 && !place.is_path()) {
        place.port = place_of(bound).port;
    }
    serving = true;
    watch(on);
}

void ServerState::watch(EventLoop& on) {
    on.add_reader(socket.get(), [this] { accept_all(); }); // close() ends it
}

void ServerState::accept_all() {
    EventLoop& here = get_running_loop();
    for (int i = 0; i < 100 && serving; ++i) { // others want their turn as well
        SocketAddress peer;
        const auto fd =
            uninterrupted([&] { return ::accept(socket.get(), peer.get(), &peer.size); });
        if (fd >= 0) {
            welcome(open_channel(here, UniqueFd(static_cast<int>(fd)), place_of(peer).name()));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (errno != ECONNABORTED && errno != EPROTO) {
            // No descriptors left, for instance. Those who wait in line wait a second longer.
            const auto error = std::make_exception_ptr(
                std::system_error(errno, std::generic_category(), "accept"));
            here.remove_reader(socket.get());
            here.call_later(1s, [state = weak_from_this(), &here] {
                if (const auto self = state.lock(); self != nullptr && self->serving) {
                    self->watch(here);
                }
            });
            here.call_exception_handler({"a server cannot accept connections", error});
            return;
        }
    }
}

void ServerState::welcome(std::unique_ptr<Channel> channel) {
    const Ref stream(new Stream(std::move(channel), limit));
    stream->begin();
    create_task(serve(Visit(shared_from_this()), handler, stream->connection()));
}

void ServerState::close() {
    if (!std::exchange(serving, false)) {
        return;
    }
    quiet.ring();
    if (socket.get() < 0) {
        sim_unlisten(*clock, place.host, place.port);
        return;
    }
    if (EventLoop* on = EventLoop::find(loop); on != nullptr && !on->is_closed()) {
        on->remove_reader(socket.get());
    }
    const UniqueFd closed = std::move(socket);
}

namespace {

Place at(std::string host, std::uint16_t port) {
    return {host == "localhost" ? "127.0.0.1" : std::move(host), port};
}

Coro<Server> start(ConnectionHandler handler, Place place, std::size_t limit_bytes) {
    refuse_zero(limit_bytes);
    EventLoop& loop = get_running_loop();
    const auto state =
        std::make_shared<ServerState>(loop, std::move(handler), std::move(place), limit_bytes);
    state->listen(loop);
    co_return Server({state.get(), [state](ServerState*) { state->close(); }});
}

Coro<> until_quiet(std::shared_ptr<ServerState> state) {
    while (state->serving || state->visits > 0) {
        co_await state->quiet.wait("the end of a server and its handlers");
    }
}

Place at_path(std::string path) { return {path.find('/') == path.npos ? "./" + path : path}; }

} // namespace
} // namespace detail

Coro<Connection> open_connection(std::string host, std::uint16_t port, std::size_t limit_bytes) {
    return detail::connect(detail::at(std::move(host), port), limit_bytes);
}
Coro<Connection> open_unix_connection(std::string path, std::size_t limit_bytes) {
    return detail::connect(detail::at_path(std::move(path)), limit_bytes);
}
Coro<Server> start_server(ConnectionHandler handler, std::string host, std::uint16_t port,
                          std::size_t limit_bytes) {
    return detail::start(std::move(handler), detail::at(std::move(host), port), limit_bytes);
}
Coro<Server> start_unix_server(ConnectionHandler handler, std::string path,
                               std::size_t limit_bytes) {
    return detail::start(std::move(handler), detail::at_path(std::move(path)), limit_bytes);
}

Server::Server(std::shared_ptr<detail::ServerState> state) : state_(std::move(state)) {}
void Server::close() const { state_->close(); }
Coro<> Server::wait_closed() const { return detail::until_quiet(state_); }
bool Server::is_serving() const { return state_->serving; }
std::uint16_t Server::port() const { return state_->place.port; }

} // namespace aio
