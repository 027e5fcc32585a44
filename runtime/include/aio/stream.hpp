// stream.hpp: bytes that come and go in order, with a server to meet at.
//
// A stream has no borders: what the peer wrote in three pieces may be read as one, or as ten. So a
// reader buffers, and serves bytes, lines or fixed lengths from its buffer. A writer buffers too:
// write() never waits, drain() waits while too much is on its way (back pressure).
//
// On a virtual clock the network is simulated (sim_network.hpp), so programs with sockets print the
// same in every run. On a real clock it is the kernel's.
//
// Floor 8.
#pragma once

#include "aio/channel.hpp"
#include "aio/task.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace aio {

/// The stream ended before the bytes that were asked for. `partial`: those that came; `expected`:
/// how many it should have been, 0 if nobody knew.
struct IncompleteReadError : Error {
    IncompleteReadError(std::string came, std::size_t wanted);
    std::string partial;
    std::size_t expected;
};

/// The buffer has reached its limit and the separator is not within it; nothing was taken out.
/// `consumed`: how many bytes certainly stand before the separator.
struct LimitOverrunError : Error {
    LimitOverrunError(const std::string& what, std::size_t before);
    std::size_t consumed;
};

namespace detail {
class Stream;
struct ServerState;
} // namespace detail

/// The incoming half of a connection; copies name the same one.
///
/// One task at a time may wait for data. All throw the connection's error (std::system_error), if
/// it broke; Error if another task waits here. See: asyncio.StreamReader.
class StreamReader {
public:
    explicit StreamReader(detail::Ref<detail::Stream> stream);

    /// Returns: up to `size_bytes` bytes, as soon as there is one; empty at the end of the stream.
    Coro<std::string> read(std::size_t size_bytes) const;
    /// The same without a string of its own: the bytes go to `room`, which must stay where it is.
    /// Returns: how many; 0 at the end of the stream. See: loop.sock_recv_into.
    Coro<std::size_t> read_into(std::span<char> room) const;
    /// Returns: everything up to the end.
    Coro<std::string> read() const;
    /// Returns: exactly so many bytes. Throws: IncompleteReadError.
    Coro<std::string> readexactly(std::size_t size_bytes) const;
    /// Returns: a line with its '\n', or what is left before the end, or nothing. Throws:
    /// ValueError for one beyond the limit, which is dropped as far as it is there.
    Coro<std::string> readline() const;
    /// Returns: everything up to `separator`, with it. Throws: IncompleteReadError,
    /// LimitOverrunError; ValueError for an empty separator.
    Coro<std::string> readuntil(std::string separator) const;
    /// Returns: whether the end has come and the buffer is empty.
    bool at_eof() const;

private:
    detail::Ref<detail::Stream> stream_;
};

/// The outgoing half of a connection; copies name the same one. When the last reader and writer of
/// a connection are gone, it is closed as by close().
///
/// See: asyncio.StreamWriter.
class StreamWriter {
public:
    explicit StreamWriter(detail::Ref<detail::Stream> stream);

    /// Sends what the connection takes at once, and buffers the rest. Never waits. After the
    /// connection is closed or lost the bytes are dropped. Throws: Error after write_eof().
    void write(std::string_view bytes) const;
    /// Waits while the buffer is above its high mark, until it has fallen to the low mark. Throws:
    /// the connection's error; std::system_error (ECONNRESET) if it is closed.
    Coro<> drain() const;
    /// Effects: the peer reads what was written, then the end of the stream; reading goes on. Twice
    /// is fine.
    void write_eof() const;
    /// Effects: no more reading; what is buffered is still sent, then the connection is closed.
    void close() const;
    bool is_closing() const;
    /// Waits until the connection is closed. Throws: the connection's error.
    Coro<> wait_closed() const;
    /// Returns: the bytes that wait to be sent.
    std::size_t buffered() const;
    /// Sets the marks, in bytes, that drain() goes by; at first 64 KiB, and a quarter of that.
    /// Throws: ValueError if the low one is above the high one.
    void set_write_buffer_limits(std::size_t high_bytes, std::size_t low_bytes) const;
    /// Returns: the other end, such as "127.0.0.1:8080". See: get_extra_info("peername").
    const std::string& peername() const;

private:
    detail::Ref<detail::Stream> stream_;
};

/// Both halves of a connection.
struct Connection {
    StreamReader reader;
    StreamWriter writer;
};

/// How long what readline() and readuntil() return may be, separator aside. With twice as much in
/// its buffer a reader takes no more from the network.
constexpr std::size_t default_stream_limit_bytes = 64 * 1024;

/// Connects to a server. `host` is an address in figures, or "localhost": names are not looked up.
///
/// Throws: std::system_error if nobody listens there; Error for a host that is a name; ValueError
/// for a limit of zero.
Coro<Connection> open_connection(std::string host, std::uint16_t port,
                                 std::size_t limit_bytes = default_stream_limit_bytes);
Coro<Connection> open_unix_connection(std::string path,
                                      std::size_t limit_bytes = default_stream_limit_bytes);

/// What a server does with each connection, in a task of its own. An error that leaves it goes to
/// the loop's exception handler; the connection is closed when it drops both streams.
using ConnectionHandler = std::function<Coro<>(StreamReader, StreamWriter)>;

/// Listens; copies name the same server. When the last is gone, it is closed as by close().
///
/// See: asyncio.Server.
class [[nodiscard("a server that nobody holds is closed")]] Server {
public:
    explicit Server(std::shared_ptr<detail::ServerState> state);

    /// Effects: no new connections; those that are open go on. Twice is fine.
    void close() const;
    /// Waits until the server is closed and its handlers have ended (as of Python 3.12).
    Coro<> wait_closed() const;
    bool is_serving() const;
    /// Returns: the port that it listens on: the one that was given out for port 0.
    std::uint16_t port() const;

private:
    std::shared_ptr<detail::ServerState> state_;
};

/// Starts a server at `host` (as above; "" for all addresses) and `port`, 0 for any free one.
/// Throws: std::system_error, for instance if the address is in use.
Coro<Server> start_server(ConnectionHandler handler, std::string host, std::uint16_t port,
                          std::size_t limit_bytes = default_stream_limit_bytes);
/// A socket left behind at `path` by an earlier server is replaced.
Coro<Server> start_unix_server(ConnectionHandler handler, std::string path,
                               std::size_t limit_bytes = default_stream_limit_bytes);

namespace detail {

/// Tasks that wait for a change. Each looks again when it is woken.
class Bell {
public:
    /// Returns: a future that ring() completes. `what`: for reports, a literal.
    Future<void> wait(const char* what);
    void ring();
    bool has_waiters() const;

private:
    std::vector<Future<void>> waiting_;
};

/// What a reader and a writer share. Counted as futures are: it stays on its loop's thread.
///
/// Invariant: `channel_` is null exactly when the connection is closed; while bytes wait to be
/// sent, the loop keeps the stream, so that one that everybody has dropped still sends them.
class Stream {
public:
    Stream(std::unique_ptr<Channel> channel, std::size_t limit_bytes);
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream();
    void begin(); ///< starts to read ahead
    Connection connection();

    /// Returns: a future that is done when there is news for a reader, who calls woken() then.
    /// Throws: Error if another task waits already. `caller`: for that report; `has_room`: whether
    /// the reader has memory of its own for woken().
    Future<void> more(const char* caller, bool has_room = false);
    /// Returns: how many bytes came straight to `room`. Throws: the connection's error.
    std::size_t woken(std::span<char> room = {});
    void throw_error() const;
    std::string take(std::size_t count); ///< out of the buffer; reading ahead goes on if it paused
    void write(std::string_view bytes);
    void write_eof();
    void close();
    bool closed() const noexcept;
    void press(); ///< if the buffer is above its high mark

    std::uint32_t references = 0;
    ByteQueue in;
    ByteQueue out;
    const std::size_t limit;
    std::size_t high = 64UL * 1024;
    std::size_t low = 16UL * 1024;
    bool at_end = false;  ///< the peer's end has been read
    bool closing = false; ///< close() was called, or the connection is lost
    bool pressed = false; ///< between the high mark and the low one: drain() waits
    std::string peer;
    Bell data; ///< something was read, or nothing more will be
    Bell room; ///< the low mark is reached, or the connection lost
    Bell gone; ///< the connection is closed

private:
    void read_ahead(bool on);
    void receive();                              ///< the channel can be read
    std::size_t fill(std::span<char> room = {}); ///< without room, the buffer
    void flush();                                ///< sends what is buffered
    std::size_t send(std::string_view bytes);
    void wait_for_room(bool on);
    void note_level();
    void lose(std::exception_ptr error);

    const std::uint64_t loop_;
    std::unique_ptr<Channel> channel_;
    bool reading_ = false;
    bool has_room_ = false; ///< who waits for data has memory of its own
    bool due_ = false;      ///< who waited for data reads by himself when he runs
    bool writing_ = false;  ///< waits to be told that it can write
    bool ending_ = false;   ///< write_eof() was called
    std::exception_ptr error_;
};

} // namespace detail
} // namespace aio
