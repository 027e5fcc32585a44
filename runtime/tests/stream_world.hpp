// stream_world.hpp: what the tests of streams share: a plan of what a peer sends, and a meeting.
#pragma once

#include "virtual_world.hpp"

#include <system_error>

namespace aio::testing {

/// Restores the simulated network's settings at the end of a test.
struct NetworkSettings {
    SimNetwork before = sim_network();
    NetworkSettings() = default;
    NetworkSettings(const NetworkSettings&) = delete;
    NetworkSettings& operator=(const NetworkSettings&) = delete;
    ~NetworkSettings() { sim_network() = before; }
};

/// A server, and a connection to it.
struct Meeting {
    Server server;
    StreamReader reader;
    StreamWriter writer;
};

inline Coro<Meeting> meet(ConnectionHandler handler,
                          std::size_t limit_bytes = default_stream_limit_bytes) {
    Server server = co_await start_server(std::move(handler), "localhost", 0);
    Connection made = co_await open_connection("localhost", server.port(), limit_bytes);
    co_return Meeting{std::move(server), made.reader, made.writer};
}

struct Piece {
    ms at;
    std::string text;
};
using Plan = std::vector<Piece>;

/// Sends each piece at its time, then closes.
inline Coro<> send_plan(Plan plan, StreamWriter writer) {
    for (const Piece& piece : plan) {
        co_await sleep(time_point{piece.at} - get_running_loop().time());
        writer.write(piece.text);
        co_await writer.drain();
    }
    writer.close();
}

/// A meeting with a server that sends `plan`.
inline Coro<Meeting> hear(Plan plan, std::size_t limit_bytes = default_stream_limit_bytes) {
    // Named: g++ 12 copies the captures of a lambda within a co_await byte by byte.
    const ConnectionHandler handler = [plan](StreamReader, StreamWriter writer) {
        return send_plan(plan, std::move(writer));
    };
    co_return co_await meet(handler, limit_bytes);
}

/// Answers each line with "echo " before it, until the end.
inline Coro<> echo(StreamReader reader, StreamWriter writer) {
    std::string line = co_await reader.readline();
    while (!line.empty()) {
        writer.write("echo " + line);
        co_await writer.drain();
        line = co_await reader.readline();
    }
    writer.close();
}

/// Reads everything and says nothing.
inline Coro<> swallow(StreamReader reader, StreamWriter) {
    static_cast<void>(co_await reader.read());
}

/// Returns: what the E says that leaves a coroutine or a task.
template <class E, class Awaitable> Coro<std::string> what_of(Awaitable awaitable) {
    try {
        static_cast<void>(co_await awaitable);
    } catch (const E& error) {
        co_return error.what();
    }
    co_return "nothing thrown";
}

/// Returns: the number of the std::system_error that leaves it, or 0.
template <class Awaitable> Coro<int> errno_of(Awaitable awaitable) {
    try {
        static_cast<void>(co_await awaitable);
    } catch (const std::system_error& error) {
        co_return error.code().value();
    }
    co_return 0;
}

} // namespace aio::testing
