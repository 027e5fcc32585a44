// stream_test.cpp: readers, writers and servers on the simulated network, by the clock.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <system_error>

using namespace aio;
using aio::testing::Log;
using aio::testing::VirtualWorld;

namespace {

/// Restores the simulated network's settings at the end of a test.
struct Settings {
    SimNetwork before = sim_network();
    Settings() = default;
    Settings(const Settings&) = delete;
    ~Settings() { sim_network() = before; }
};

struct Piece {
    ms at;
    std::string text;
};

/// Sends each piece at its time, then ends the stream.
Coro<> send_pieces(VirtualWorld& world, std::vector<Piece> plan, StreamWriter writer) {
    for (const Piece& piece : plan) {
        co_await sleep(time_point{piece.at} - world.clock.now());
        writer.write(piece.text);
        co_await writer.drain();
    }
    writer.close();
}

/// A server that sends `plan`, and a connection to it.
Coro<Connection> connect_to(VirtualWorld& world, std::vector<Piece> plan, Server& server) {
    // Named: g++ 12 copies the captures of a lambda within a co_await byte by byte.
    const ConnectionHandler handler = [&world, plan](StreamReader, StreamWriter writer) {
        return send_pieces(world, plan, std::move(writer));
    };
    server = co_await start_server(handler, "localhost", 0);
    co_return co_await open_connection("localhost", server.port());
}

Server no_server() { return Server(nullptr); }

Coro<> echo(StreamReader reader, StreamWriter writer) {
    std::string line = co_await reader.readline();
    while (!line.empty()) {
        writer.write("echo " + line);
        co_await writer.drain();
        line = co_await reader.readline();
    }
    writer.close();
}

template <class E, class T> Coro<std::string> what_of(Coro<T> coro) {
    try {
        static_cast<void>(co_await std::move(coro));
    } catch (const E& error) {
        co_return error.what();
    }
    co_return "nothing thrown";
}

} // namespace

TEST_CASE("read gives what is there, readline waits for its end, and the end is empty") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        Server server = no_server();
        std::vector<Piece> plan;
        plan.push_back({100ms, "HEL"});
        plan.push_back({200ms, "LO\nWOR"});
        plan.push_back({300ms, "LD\n"});
        plan.push_back({400ms, ""});
        const auto [reader, writer] = co_await connect_to(w, plan, server);
        w.note(co_await reader.read(10));
        w.note(co_await reader.readline());
        w.note(co_await reader.readline());
        CHECK_FALSE(reader.at_eof());
        w.note("'" + co_await reader.readline() + "'");
        CHECK(reader.at_eof());
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 HEL", "200 LO\n", "300 WORLD\n", "400 ''"});
}
