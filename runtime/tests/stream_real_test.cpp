// stream_real_test.cpp: the same streams on the kernel: TCP, Unix sockets, and their errors.
#include "real_world.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace aio;
using namespace aio::testing;

namespace {

/// Runs `main` on the kernel's network, with each selector.
void run_for_real(Coro<> (*main)()) {
    for (const std::string_view name : usable_selectors()) {
        RealClock clock;
        EventLoop loop({.clock = &clock, .selector = make_selector(name)});
        loop.run_until_complete(main());
    }
}

/// A directory that is gone with the test.
struct Directory {
    std::string path = "/tmp/aio-test-XXXXXX";
    Directory() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    ~Directory() {
        ::unlink(socket().c_str());
        ::rmdir(path.c_str());
    }
    std::string socket() const { return path + "/socket"; }
};

void close_now(UniqueFd& fd) { const UniqueFd closed = std::move(fd); }

/// Closes without a farewell: the peer reads ECONNRESET.
void reset(UniqueFd& fd) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    REQUIRE(::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) == 0);
    close_now(fd);
}

std::array<UniqueFd, 2> socket_pair() {
    std::array<int, 2> ends{};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Connection connect(UniqueFd fd) {
    auto channel = detail::open_channel(get_running_loop(), std::move(fd), "peer");
    const detail::Ref stream(new detail::Stream(std::move(channel), default_stream_limit_bytes));
    stream->begin();
    return stream->connection();
}

Coro<> say(Connection to, std::string name) {
    to.writer.write(name + "\n");
    CHECK(co_await to.reader.readline() == "echo " + name + "\n");
    to.writer.write_eof();
    CHECK(co_await to.reader.read() == "");
    to.writer.close();
    co_await to.writer.wait_closed();
}

Coro<> connect_and_say(std::uint16_t port, std::string name) {
    co_await say(co_await open_connection("localhost", port), name);
}

} // namespace

TEST_CASE("many clients talk to an echo server over TCP (real)") {
    run_for_real([]() -> Coro<> {
        Server server = co_await start_server(echo, "localhost", 0);
        CHECK(server.port() != 0);
        std::vector<Task<>> clients;
        for (int i = 0; i < 50; ++i) {
            clients.push_back(create_task(connect_and_say(server.port(), std::to_string(i))));
        }
        for (const Task<>& client : clients) {
            co_await client;
        }
        server.close();
        co_await server.wait_closed();
    });
}

TEST_CASE("an echo server at a Unix socket, and at all addresses (real)") {
    run_for_real([]() -> Coro<> {
        const Directory directory;
        Server server = co_await start_unix_server(echo, directory.socket());
        const Connection local = co_await open_unix_connection(directory.socket());
        CHECK(local.writer.peername() == directory.socket());
        co_await say(local, "local");

        Server all = co_await start_server(echo, "", 0);
        const Connection tcp = co_await open_connection("127.0.0.1", all.port());
        CHECK(tcp.writer.peername() == "127.0.0.1:" + std::to_string(all.port()));
        co_await say(tcp, "tcp");
    });
}

TEST_CASE("an address of version 6 has brackets in a name (real)") {
    run_for_real([]() -> Coro<> {
        const int refused = co_await errno_of(start_server(echo, "::1", 0));
        if (refused != 0) {
            MESSAGE("no IPv6 here: " << refused);
            co_return;
        }
        Server server = co_await start_server(echo, "::1", 0);
        const Connection made = co_await open_connection("::1", server.port());
        CHECK(made.writer.peername() == "[::1]:" + std::to_string(server.port()));
        co_await say(made, "six");
    });
}

TEST_CASE("megabytes arrive unchanged, under back pressure (real)") {
    run_for_real([]() -> Coro<> {
        std::string sent(8'000'000, ' ');
        for (std::size_t i = 0; i < sent.size(); ++i) {
            sent[i] = static_cast<char>('a' + i * i % 26);
        }
        std::string got;
        Event may_read;
        const ConnectionHandler take = [&](StreamReader reader, StreamWriter) {
            const auto later = [](Event& when, std::string& all, StreamReader from) -> Coro<> {
                co_await when.wait();
                all = co_await from.read();
            };
            return later(may_read, got, reader);
        };
        const Meeting m = co_await meet(take);
        m.writer.write(sent);
        const auto draining = create_task(m.writer.drain());
        for (int turn = 0; turn < 1000; ++turn) {
            co_await sleep(0ms);
        }
        CHECK_FALSE(draining.done()); // the peer does not read, and the kernel's buffers are full
        CHECK(m.writer.buffered() > 64 * 1024);
        may_read.set();
        co_await draining;
        CHECK(m.writer.buffered() <= 16 * 1024);
        m.writer.close();
        co_await m.writer.wait_closed();
        m.server.close();
        co_await m.server.wait_closed();
        CHECK((got == sent));
    });
}

TEST_CASE("what cannot be reached, or is taken, is refused by name (real)") {
    run_for_real([]() -> Coro<> {
        std::uint16_t port = 0;
        {
            Server server = co_await start_server(swallow, "localhost", 0);
            port = server.port();
            CHECK(co_await what_of<std::system_error>(start_server(swallow, "localhost", port)) ==
                  "listen at 127.0.0.1:" + std::to_string(port) + ": Address already in use");
            static_cast<void>(
                co_await start_server(swallow, "localhost", 0)); // dropped: closed at once
        }
        CHECK(co_await what_of<std::system_error>(open_connection("localhost", port)) ==
              "connect to 127.0.0.1:" + std::to_string(port) + ": Connection refused");
        CHECK(co_await errno_of(open_unix_connection("/nowhere/at/all")) == ENOENT);
        CHECK(co_await errno_of(start_unix_server(swallow, "/nowhere/at/all")) == ENOENT);
        const std::string long_path = "/" + std::string(200, 'x');
        CHECK(co_await what_of<Error>(open_unix_connection(long_path)) ==
              "the path is too long for a socket: " + long_path);
        CHECK(co_await what_of<Error>(open_connection("example.org", 80)) ==
              "not an address in figures, nor localhost: example.org");
        CHECK(co_await what_of<Error>(start_server(swallow, "example.org", 80)) ==
              "not an address in figures, nor localhost: example.org");
    });
}

TEST_CASE("a socket that a server left behind is replaced, another file is not (real)") {
    run_for_real([]() -> Coro<> {
        const Directory directory;
        {
            Server first = co_await start_unix_server(echo, directory.socket());
        }
        CHECK(co_await errno_of(open_unix_connection(directory.socket())) == ECONNREFUSED);
        Server second = co_await start_unix_server(echo, directory.socket());
        co_await say(co_await open_unix_connection(directory.socket()), "again");
        second.close();
        ::unlink(directory.socket().c_str());
        const UniqueFd file(::open(directory.socket().c_str(), O_CREAT | O_WRONLY, 0600));
        CHECK(co_await errno_of(start_unix_server(echo, directory.socket())) == EADDRINUSE);
        CHECK(::access(directory.socket().c_str(), F_OK) == 0);
    });
}

TEST_CASE("a peer that resets the connection is ECONNRESET for its reader (real)") {
    run_for_real([]() -> Coro<> {
        int seen = 0;
        Event done;
        const ConnectionHandler handler = [&](StreamReader reader, StreamWriter) {
            const auto note = [](int& error, Event& end, StreamReader from) -> Coro<> {
                error = co_await errno_of(from.read());
                end.set();
            };
            return note(seen, done, reader);
        };
        Server server = co_await start_server(handler, "localhost", 0);
        UniqueFd client = plain_client(server.port());
        REQUIRE(::write(client.get(), "half", 4) == 4);
        reset(client);
        co_await done.wait();
        CHECK(seen == ECONNRESET);
    });
}

TEST_CASE("writing to a peer that has gone is EPIPE, and no signal (real)") {
    run_for_real([]() -> Coro<> {
        auto [here, there] = socket_pair();
        const auto [reader, writer] = connect(std::move(here));
        close_now(there);
        writer.write("anybody?");
        CHECK(co_await what_of<std::system_error>(writer.drain()) == "send: Broken pipe");
        CHECK(co_await errno_of(reader.read()) == EPIPE);
    });
}

TEST_CASE("a peer that sends a byte at a time, and one that leaves in the middle (real)") {
    run_for_real([]() -> Coro<> {
        auto [here, there] = socket_pair();
        const auto [reader, writer] = connect(std::move(here));
        const auto reading = create_task(reader.readline());
        for (const char c : std::string("crumbs\n")) {
            CHECK_FALSE(reading.done());
            REQUIRE(::write(there.get(), &c, 1) == 1);
            co_await sleep(1us); // the loop looks at its descriptors
        }
        CHECK(co_await reading == "crumbs\n");
        REQUIRE(::write(there.get(), "half", 4) == 4);
        close_now(there);
        CHECK(co_await what_of<IncompleteReadError>(reader.readexactly(10)) ==
              "the stream ended after 4 bytes of 10");
    });
}

TEST_CASE("the end of a pipe can be read as a stream (real)") {
    run_for_real([]() -> Coro<> {
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        UniqueFd feed(ends[1]);
        const auto [reader, writer] = connect(UniqueFd(ends[0]));
        REQUIRE(::write(feed.get(), "a\nb", 3) == 3);
        CHECK(co_await reader.readline() == "a\n");
        close_now(feed);
        CHECK(co_await reader.read() == "b");
    });
}

TEST_CASE("a channel's descriptor does not block, and programs that are started do not get it "
          "(real)") {
    run_for_real([]() -> Coro<> {
        auto [here, there] = socket_pair();
        const int fd = here.get();
        const Connection made = connect(std::move(here));
        CHECK((::fcntl(fd, F_GETFL) & O_NONBLOCK) != 0);
        CHECK((::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
        CHECK_THROWS_AS(detail::prepared(UniqueFd(9999)), std::system_error);
        co_return;
    });
}

TEST_CASE("a Unix server whose line is full is asked again (real)") {
    const Directory directory;
    const UniqueFd listener(::socket(AF_UNIX, SOCK_STREAM, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    directory.socket().copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener.get(), 0) == 0);
    SkippingClock clock;
    EventLoop loop({.clock = &clock, .selector = make_selector()});
    const auto main = [](std::string path, int listens) -> Coro<> {
        const Connection first = co_await open_unix_connection(path);
        const auto second = create_task(open_unix_connection(path));
        co_await sleep(100ms);
        CHECK_FALSE(second.done());
        const UniqueFd accepted(::accept(listens, nullptr, nullptr));
        const Connection made = co_await second;
        CHECK_FALSE(made.writer.is_closing());
    };

    loop.run_until_complete(main(directory.socket(), listener.get()));
}

TEST_CASE("who connects to a server whose line is full may give up (real)") {
    for (const std::string_view name : usable_selectors()) {
        const UniqueFd listener(::socket(AF_INET, SOCK_STREAM, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const plain = reinterpret_cast<sockaddr*>(&address);
        REQUIRE(::bind(listener.get(), plain, size) == 0);
        REQUIRE(::listen(listener.get(), 0) == 0);
        REQUIRE(::getsockname(listener.get(), plain, &size) == 0);
        const UniqueFd first = plain_client(ntohs(address.sin_port)); // fills the line
        SkippingClock clock;
        EventLoop loop({.clock = &clock, .selector = make_selector(name)});
        const auto main = [](std::uint16_t port) -> Coro<> {
            CHECK(co_await what_of<TimeoutError>(timeout(5s, open_connection("localhost", port))) ==
                  "timed out");
        };

        loop.run_until_complete(main(ntohs(address.sin_port)));

        CHECK(clock.now() == time_point{5s});
    }
}

TEST_CASE("connections and servers that outlive their loop are closed in peace (real)") {
    for (const std::string_view name : usable_selectors()) {
        std::vector<Meeting> kept;
        {
            RealClock clock;
            EventLoop loop({.clock = &clock, .selector = make_selector(name)});
            const auto main = [](std::vector<Meeting>& out) -> Coro<> {
                out.push_back(co_await meet(swallow));
                out.back().writer.write(std::string(8'000'000, 'x'));
            };
            loop.run_until_complete(main(kept));
        }
        kept.back().writer.write("more");
        kept.back().writer.close();
        CHECK(kept.back().writer.is_closing());
    }
}
