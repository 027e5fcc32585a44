// sim_network_test.cpp: what the simulated network's settings do, to the millisecond and the byte.
#include "stream_world.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace aio;
using namespace aio::testing;

namespace {

Coro<> talk_of_two(std::uint16_t port, std::string name) {
    const auto [reader, writer] = co_await open_connection("localhost", port);
    writer.write(name + " one\n" + name + " two\n");
    static_cast<void>(co_await reader.readline());
    static_cast<void>(co_await reader.readexactly(5));
    writer.close();
}

Coro<> program() {
    Server server = co_await start_server(echo, "localhost", 0);
    const auto a = create_task(talk_of_two(server.port(), "a"), "a");
    const auto b = create_task(talk_of_two(server.port(), "b"), "b");
    co_await a;
    co_await b;
    server.close();
    co_await server.wait_closed();
}

std::string trace_of_a_run() {
    const RecordingTracer tracer;
    const DefaultVirtualClock world;
    run(program());
    std::string all;
    for (const std::string& line : tracer.lines) {
        if (!line.starts_with("loop.")) { // these carry the loop's number in the process
            all += line + "\n";
        }
    }
    return all;
}

} // namespace

TEST_CASE("connecting takes two latencies, a byte one, its answer one more") {
    const NetworkSettings restored;
    sim_network().latency = 10ms;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Meeting m = co_await meet(echo);
        w.note("connected");
        m.writer.write("hello\n");
        w.note(co_await m.reader.readline());
        m.writer.write_eof();
        w.note("'" + co_await m.reader.read() + "'"); // an end takes as long as a byte
    };

    world.run(main(world));

    CHECK(world.log == Log{"20 connected", "40 echo hello\n", "60 ''"});
}

TEST_CASE("a host or a path may have a latency of its own") {
    const NetworkSettings restored;
    sim_network().latency = 1ms;
    sim_network().latency_of["far.example"] = 50ms;
    sim_network().latency_of["localhost"] = 0ms;
    sim_network().latency_of["/run/x"] = 3ms;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        Server server = co_await start_server(echo, "", 80);
        Server local = co_await start_unix_server(echo, "/run/x");
        const Connection near = co_await open_connection("near.example", 80);
        w.note("near");
        const Connection far = co_await open_connection("far.example", 80);
        w.note("far");
        const Connection path = co_await open_unix_connection("/run/x");
        w.note("path");
        const Connection here = co_await open_connection("localhost", 80);
        w.note("here");
    };

    world.run(main(world));

    CHECK(world.log == Log{"2 near", "102 far", "108 path", "108 here"});
}

TEST_CASE("a network in crumbs: one byte with each read, and every reader still gets its whole") {
    const NetworkSettings restored;
    sim_network().chunk_bytes = 1;
    sim_network().latency = 10ms;
    VirtualWorld world;
    const RecordingTracer tracer;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "line\n12345A--B--"}};
        const Meeting m = co_await hear(plan);
        w.note(co_await m.reader.read(10));
        w.note(co_await m.reader.readline());
        w.note(co_await m.reader.readexactly(5));
        w.note(co_await m.reader.readuntil("--"));
        w.note(co_await m.reader.read());
    };

    world.run(main(world));

    CHECK(world.log == Log{"110 li", "110 ne\n", "110 12345", "110 A--", "110 B--"});
    int crumbs = 0;
    for (const std::string& line : tracer.lines) {
        crumbs += line.starts_with("io.read") && line.ends_with("bytes=1") ? 1 : 0;
    }
    CHECK(crumbs == 16);
}

TEST_CASE("no more than a window is on its way and unread") {
    const NetworkSettings restored;
    sim_network().window_bytes = 4;
    sim_network().latency = 10ms;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "abcdefghij"}};
        const Meeting m = co_await hear(plan);
        std::string piece = co_await m.reader.read(10);
        while (!piece.empty()) {
            w.note(piece);
            piece = co_await m.reader.read(10);
        }
        w.note("end");
    };

    world.run(main(world));

    // Room that is made is known at once, what fills it takes a latency.
    CHECK(world.log == Log{"110 abcd", "120 efgh", "130 ij", "130 end"});
}

TEST_CASE("a peer that closes in the middle: readers tell what came") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "half a li"}};
        const Meeting m = co_await hear(plan);
        w.note(co_await what_of<IncompleteReadError>(m.reader.readuntil("\n")));
        const Meeting n = co_await hear(plan);
        w.note(co_await n.reader.readline());
        const Meeting o = co_await hear(plan);
        w.note(co_await what_of<IncompleteReadError>(o.reader.readexactly(20)));
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 the stream ended after 9 bytes", "100 half a li",
                           "100 the stream ended after 9 bytes of 20"});
}

TEST_CASE("two runs of a program with sockets give the same trace to the byte") {
    const NetworkSettings restored;
    sim_network().latency = 3ms;
    sim_network().chunk_bytes = 5;
    sim_network().window_bytes = 7;

    const std::string first = trace_of_a_run();

    CHECK(first == trace_of_a_run());
    CHECK(first.find("io.open fd=1 peer=127.0.0.1:49152") != first.npos);
    CHECK(first.find("io.open fd=2 peer=client:49152") != first.npos);
    CHECK(first.find("io.write fd=1 bytes=7") != first.npos);
    CHECK(first.find("io.ready fd=2") != first.npos);
    CHECK(first.find("io.read fd=2 bytes=5") != first.npos);
    CHECK(first.find("io.close fd=1") != first.npos);
}

TEST_CASE("the trace tells when a buffer passes its marks") {
    const NetworkSettings restored;
    sim_network().window_bytes = 10;
    VirtualWorld world;
    const RecordingTracer tracer;
    const auto main = []() -> Coro<> {
        const Meeting m = co_await meet(swallow);
        m.writer.set_write_buffer_limits(25, 5);
        m.writer.write(std::string(40, 'x'));
        co_await m.writer.drain();
    };

    world.run(main());

    CHECK(tracer.count("io.buffer fd=1 buffered=30 mark=high") == 1);
    CHECK(tracer.count("io.buffer fd=1 buffered=0 mark=low") == 1);
    CHECK(tracer.count("io.buffer") == 2);
}

TEST_CASE("networks of different clocks do not meet") {
    VirtualWorld first;
    VirtualWorld second;
    const auto listen = []() -> Coro<Server> {
        co_return co_await start_server(swallow, "localhost", 80);
    };
    const auto connect = []() -> Coro<int> {
        co_return co_await errno_of(open_connection("localhost", 80));
    };

    const Server server = first.run(listen());

    CHECK(second.run(connect()) == ECONNREFUSED);
    CHECK(first.run(connect()) == 0);
    CHECK(second.run(listen()).port() == 80);
}

TEST_CASE("two loops on one clock, in two threads, talk with each other") {
    const NetworkSettings restored;
    sim_network().latency = 10ms;
    VirtualWorld world;
    std::string answer;
    const auto client = [](VirtualWorld& w, std::string& out) -> Coro<> {
        const auto [reader, writer] = co_await open_connection("localhost", 80);
        writer.write("hello\n");
        out = co_await reader.readline();
        out += std::to_string(w.clock.now().time_since_epoch() / 1ms);
    };
    const auto serve_one = [](StreamReader reader, StreamWriter writer) -> Coro<> {
        writer.write("echo " + co_await reader.readline());
        writer.close();
        get_running_loop().call_soon([] { get_running_loop().stop(); });
    };
    std::vector<Server> servers;
    const auto listen = [](ConnectionHandler handler, std::vector<Server>& out) -> Coro<> {
        out.push_back(co_await start_server(handler, "localhost", 80));
    };
    world.run(listen(serve_one, servers));

    auto until_here = std::make_optional<VirtualClock::Hold>(world.clock); // the clock stands still
    auto until_there = std::make_optional<VirtualClock::Hold>(world.clock); // until both loops run
    world.loop.call_soon([&] { until_here.reset(); });
    std::thread other([&] {
        EventLoop loop({.clock = &world.clock, .selector = nullptr});
        loop.call_soon([&] { until_there.reset(); });
        loop.run_until_complete(client(world, answer));
    });
    world.loop.run_forever();
    other.join();

    CHECK(answer == "echo hello\n40");
}

TEST_CASE("only a virtual clock has a simulated network") {
    VirtualWorld world;
    RealClock clock;
    EventLoop real({.clock = &clock, .selector = nullptr});

    CHECK(detail::has_sim_network(world.loop));
    CHECK_FALSE(detail::has_sim_network(real));
}
