// stream_writer_test.cpp: writers: back pressure, half an end, and how a connection is lost.
#include "stream_world.hpp"

#include <doctest/doctest.h>

using namespace aio;
using namespace aio::testing;

namespace {

std::string bytes(std::size_t count) { return std::string(count, 'x'); }

/// Reads `size_bytes` at a time, every 100 ms.
Coro<> read_slowly(VirtualWorld& world, std::size_t size_bytes, StreamReader reader) {
    co_await sleep(100ms);
    std::string piece = co_await reader.read(size_bytes);
    while (!piece.empty()) {
        world.note("read " + std::to_string(piece.size()));
        co_await sleep(100ms);
        piece = co_await reader.read(size_bytes);
    }
    world.note("end");
}

} // namespace

TEST_CASE("write sends at once what the connection takes, and drain does not wait below the mark") {
    const NetworkSettings restored;
    sim_network().window_bytes = 10;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Meeting m = co_await meet(swallow);
        m.writer.write(bytes(8));
        w.note(std::to_string(m.writer.buffered()));
        m.writer.write("");
        m.writer.write(bytes(8));
        w.note(std::to_string(m.writer.buffered()));
        co_await m.writer.drain();
        w.note("drained");
        co_await sleep(1ms);
        w.note(std::to_string(m.writer.buffered()));
    };

    world.run(main(world));

    CHECK(world.log == Log{"0 0", "0 6", "0 drained", "1 0"});
}

TEST_CASE("drain waits above the high mark until the buffer has fallen to the low one") {
    const NetworkSettings restored;
    sim_network().window_bytes = 1;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler handler = [&w](StreamReader reader, StreamWriter) {
            return read_slowly(w, 1, reader);
        };
        Server server = co_await start_server(handler, "localhost", 0, 1);
        const auto [reader, writer] = co_await open_connection("localhost", server.port());
        writer.set_write_buffer_limits(4, 2);
        writer.write(bytes(5)); // one byte is on its way, four are at the mark and not above it
        co_await writer.drain();
        w.note("did not wait");
        writer.write(bytes(5));
        w.note("buffered " + std::to_string(writer.buffered()));
        co_await writer.drain();
        w.note("buffered " + std::to_string(writer.buffered()));
        writer.close();
        co_await writer.wait_closed();
        w.note("closed");
        co_await server.wait_closed();
    };

    try {
        world.run(main(world));
    } catch (const DeadlockError&) { // nobody closes the server
    }

    // The peer reads ahead three bytes, twice its limit and the one that takes it over that, and
    // goes on when it has fallen to its limit. A fourth is on its way.
    CHECK(world.log == Log{"0 did not wait", "0 buffered 9", "100 read 1", "200 read 1",
                           "300 read 1", "400 read 1", "400 buffered 2", "500 read 1", "600 read 1",
                           "600 closed", "700 read 1", "800 read 1", "900 read 1", "1000 read 1",
                           "1100 end"});
}

TEST_CASE("a peer that does not read stops the network, and then the writer") {
    const NetworkSettings restored;
    sim_network().window_bytes = 100;
    sim_network().chunk_bytes = 10;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler lazy = [&w](StreamReader reader, StreamWriter) -> Coro<> {
            return read_slowly(w, 1000, reader);
        };
        Server server = co_await start_server(lazy, "localhost", 0, 20);
        const auto [reader, writer] = co_await open_connection("localhost", server.port());
        writer.set_write_buffer_limits(0, 0);
        writer.write(bytes(500));
        co_await sleep(50ms);
        w.note("buffered " + std::to_string(writer.buffered()));
        co_await writer.drain();
        w.note("drained");
    };

    world.run(main(world));

    // Two limits and a chunk in the reader's buffer, a window on the way.
    CHECK(world.log[0] == "50 buffered 350");
    CHECK(world.log[1] == "100 read 50");
    CHECK(world.log.back() == "700 drained");
}

TEST_CASE("marks: the low one is not above the high one, and lower ones count at once") {
    const NetworkSettings restored;
    sim_network().window_bytes = 1;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler handler = [&w](StreamReader reader, StreamWriter) {
            return read_slowly(w, 10, reader);
        };
        Server server = co_await start_server(handler, "localhost", 0, 1);
        const auto [reader, writer] = co_await open_connection("localhost", server.port());
        CHECK_THROWS_WITH_AS(writer.set_write_buffer_limits(1, 2),
                             "the low mark is above the high mark", ValueError);
        writer.write(bytes(7));
        co_await writer.drain();
        w.note("did not wait");
        writer.set_write_buffer_limits(1, 0);
        co_await writer.drain();
        w.note("waited");
    };

    world.run(main(world));

    CHECK(world.log == Log{"0 did not wait", "100 read 3", "100 waited"});
}

TEST_CASE("after write_eof the peer reads the end, and can still answer; writing is refused") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler answer = [](StreamReader reader, StreamWriter writer) -> Coro<> {
            const auto counted = [](StreamReader from, StreamWriter to) -> Coro<> {
                const std::string all = co_await from.read();
                co_await sleep(100ms);
                to.write(std::to_string(all.size()) + " bytes");
                to.close();
            };
            return counted(reader, writer);
        };
        const Meeting m = co_await meet(answer);
        m.writer.write(bytes(100'000)); // more than a window: the end waits for it
        m.writer.write_eof();
        m.writer.write_eof();
        CHECK_THROWS_WITH_AS(m.writer.write("more"), "cannot write after write_eof()", Error);
        CHECK_FALSE(m.writer.is_closing());
        w.note(co_await m.reader.read());
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 100000 bytes"});
}

TEST_CASE("close sends what is buffered, drops what comes later, and wait_closed waits for it") {
    const NetworkSettings restored;
    sim_network().window_bytes = 10;
    sim_network().latency = 5ms;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler count = [&w](StreamReader reader, StreamWriter) {
            const auto counted = [](VirtualWorld& in, StreamReader from) -> Coro<> {
                in.note("peer read " + std::to_string((co_await from.read()).size()));
            };
            return counted(w, reader);
        };
        const Meeting m = co_await meet(count);
        m.writer.write(bytes(30));
        CHECK_FALSE(m.writer.is_closing());
        m.writer.close();
        m.writer.close();
        CHECK(m.writer.is_closing());
        m.writer.write(bytes(30));
        co_await m.writer.wait_closed();
        w.note("closed");
        CHECK(m.writer.buffered() == 0);
        CHECK(co_await m.reader.read() == "");
        CHECK(m.reader.at_eof());
        CHECK(co_await errno_of(m.writer.drain()) == ECONNRESET);
        m.writer.write_eof(); // no matter
        m.server.close();
        co_await m.server.wait_closed();
    };

    world.run(main(world));

    CHECK(world.log == Log{"20 closed", "25 peer read 30"});
}

TEST_CASE("a stream that everybody has dropped still sends what it has, then closes") {
    const NetworkSettings restored;
    sim_network().window_bytes = 10;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler handler = [&w](StreamReader reader, StreamWriter) {
            return read_slowly(w, 20, reader);
        };
        Server server = co_await start_server(handler, "localhost", 0, 5);
        {
            const auto [reader, writer] = co_await open_connection("localhost", server.port());
            writer.write(bytes(50));
        }
        co_await sleep(1ms); // the server has it
        server.close();
        co_await server.wait_closed();
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 read 20", "200 read 20", "300 read 10", "400 end"});
}

TEST_CASE("a peer that has gone is an error for every call, also for a drain that waits") {
    const NetworkSettings restored;
    sim_network().window_bytes = 10;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler leave = [](StreamReader, StreamWriter writer) -> Coro<> {
            const auto later = [](StreamWriter to) -> Coro<> {
                co_await sleep(100ms);
                to.close();
            };
            return later(writer);
        };
        Server server = co_await start_server(leave, "localhost", 0, 5);
        const auto [reader, writer] = co_await open_connection("localhost", server.port());
        writer.set_write_buffer_limits(20, 10);
        writer.write(bytes(100));
        const auto reading = create_task(reader.readexactly(5));
        w.note("drain: " + std::to_string(co_await errno_of(writer.drain())));
        CHECK(co_await errno_of(reading) == EPIPE);
        CHECK(co_await errno_of(reader.read()) == EPIPE);
        CHECK(co_await errno_of(reader.read(1)) == EPIPE);
        CHECK(co_await errno_of(reader.readline()) == EPIPE);
        CHECK(co_await errno_of(reader.readuntil("x")) == EPIPE);
        CHECK(co_await errno_of(writer.drain()) == EPIPE);
        CHECK(co_await errno_of(writer.wait_closed()) == EPIPE);
        CHECK(writer.is_closing());
        writer.write("dropped");
        writer.write_eof();
        writer.close();
        CHECK(writer.buffered() == 0);
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 drain: " + std::to_string(EPIPE)});
}

TEST_CASE("a peer that reads and leaves in one turn breaks a writer that waits for room once") {
    const NetworkSettings restored;
    sim_network().window_bytes = 10;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler leave = [](StreamReader reader, StreamWriter writer) -> Coro<> {
            const auto later = [](StreamReader from, StreamWriter to) -> Coro<> {
                co_await sleep(100ms);
                static_cast<void>(co_await from.read(20)); // makes room: the writer is told
                static_cast<void>(co_await from.read(1));
                to.close(); // and told again
            };
            return later(reader, writer);
        };
        Server server = co_await start_server(leave, "localhost", 0, 5);
        const auto [reader, writer] = co_await open_connection("localhost", server.port());
        writer.write(bytes(100));
        w.note("closed: " + std::to_string(co_await errno_of(writer.wait_closed())));
        co_await sleep(1ms);
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 closed: " + std::to_string(EPIPE)});
}

TEST_CASE("two peers that write and never read stand still, and the report names both") {
    const NetworkSettings restored;
    sim_network().window_bytes = 10;
    VirtualWorld world;
    const auto flood = [](StreamReader, StreamWriter writer) -> Coro<> {
        writer.write(bytes(200'000));
        co_await writer.drain();
    };
    const auto main = [](ConnectionHandler same) -> Coro<> {
        Server server = co_await start_server(same, "localhost", 0, 5);
        const auto [reader, writer] = co_await open_connection("localhost", server.port(), 5);
        co_await same(reader, writer);
    };

    std::string report;
    try {
        world.run(main(flood));
    } catch (const DeadlockError& error) {
        report = error.what();
    }
    world.loop.close(); // each peer's watch stands in the other's connection: nothing may leak

    CHECK(report.find("task 'Task-1' waits for room in a stream's buffer") != report.npos);
    CHECK(report.find("task 'Task-2' waits for room in a stream's buffer") != report.npos);
}

TEST_CASE("streams that outlive their loop are closed in peace") {
    const NetworkSettings restored;
    sim_network().window_bytes = 10;
    std::vector<Meeting> kept;
    {
        VirtualWorld world;
        const auto main = [](std::vector<Meeting>& out) -> Coro<> {
            out.push_back(co_await meet(swallow, 5));
            out.back().writer.write(bytes(100));
        };
        world.run(main(kept));
    }

    kept.back().writer.close();
    CHECK(kept.back().writer.is_closing());
    CHECK(kept.back().writer.buffered() > 0); // nobody is left to send it
}

TEST_CASE("a writer knows the other end") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler handler = [&w](StreamReader, StreamWriter writer) -> Coro<> {
            w.note(writer.peername());
            return send_plan({}, writer);
        };
        Server server = co_await start_server(handler, "10.0.0.1", 80);
        const auto [reader, writer] = co_await open_connection("10.0.0.1", 80);
        w.note(writer.peername());
        Server local = co_await start_unix_server(handler, "/run/x.sock");
        const auto [r, to_path] = co_await open_unix_connection("/run/x.sock");
        w.note(to_path.peername());
        CHECK(co_await r.read() == "");
    };

    world.run(main(world));

    CHECK(world.log == Log{"0 10.0.0.1:80", "0 /run/x.sock", "0 client:49152", "0 client:49153"});
}
