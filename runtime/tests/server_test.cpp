// server_test.cpp: servers and how they are reached, on the simulated network.
#include "stream_world.hpp"

#include <doctest/doctest.h>

using namespace aio;
using namespace aio::testing;

namespace {

/// Holds a connection for a while.
Coro<> stay(ms span, StreamWriter writer) {
    co_await sleep(span);
    writer.write("bye");
    writer.close();
}

/// Says hello to a server, and notes the answer.
Coro<> visit(VirtualWorld& world, std::uint16_t port, std::string name, ms later) {
    co_await sleep(later);
    const auto [reader, writer] = co_await open_connection("localhost", port);
    writer.write(name + "\n");
    world.note(co_await reader.readline());
    writer.close();
    co_await writer.wait_closed();
}

Coro<> fail(StreamReader reader) {
    static_cast<void>(co_await reader.readline());
    throw Error("broke");
}

} // namespace

TEST_CASE("a server talks with several at once, each in a task of its own") {
    const NetworkSettings restored;
    sim_network().latency = 10ms;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        Server server = co_await start_server(echo, "localhost", 0);
        const auto a = create_task(visit(w, server.port(), "a", 0ms));
        const auto b = create_task(visit(w, server.port(), "b", 5ms));
        co_await a;
        co_await b;
        server.close();
        co_await server.wait_closed();
        w.note("quiet");
    };

    world.run(main(world));

    // Two latencies to connect, one to ask, one to answer; the end of b's stream takes one more.
    CHECK(world.log == Log{"40 echo a\n", "45 echo b\n", "55 quiet"});
}

TEST_CASE("where nobody listens, a connection is refused after the way there and back") {
    const NetworkSettings restored;
    sim_network().latency = 10ms;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        CHECK(co_await errno_of(open_connection("localhost", 81)) == ECONNREFUSED);
        w.note(co_await what_of<std::system_error>(open_connection("example.org", 80)));
        w.note(co_await what_of<std::system_error>(open_unix_connection("/run/none")));
    };

    world.run(main(world));

    CHECK(world.log == Log{"40 connect to example.org:80: Connection refused",
                           "60 connect to /run/none: Connection refused"});
}

TEST_CASE("an address has one server at a time, and port 0 finds a free one") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        Server first = co_await start_server(swallow, "localhost", 0);
        Server second = co_await start_server(swallow, "localhost", 0);
        CHECK(first.port() == 49152);
        CHECK(second.port() == 49153);
        CHECK(
            co_await what_of<std::system_error>(start_server(swallow, "localhost", first.port())) ==
            "listen at 127.0.0.1:49152: Address already in use");
        CHECK(co_await errno_of(start_server(swallow, "localhost", 49153)) == EADDRINUSE);
        Server path = co_await start_unix_server(swallow, "/run/x");
        CHECK(co_await errno_of(start_unix_server(swallow, "/run/x")) == EADDRINUSE);

        first.close();
        path.close();
        Server again = co_await start_server(swallow, "localhost", 49152);
        Server path_again = co_await start_unix_server(swallow, "/run/x");
        CHECK(again.is_serving());
        CHECK(path_again.is_serving());
    };

    world.run(main());
}

TEST_CASE("a server at no host in particular hears all, unless one has an address of its own") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const auto say = [](std::string text) -> ConnectionHandler {
            return [text](StreamReader, StreamWriter writer) {
                const Plan plan{{0ms, text}};
                return send_plan(plan, std::move(writer));
            };
        };
        Server all = co_await start_server(say("all"), "", 80);
        Server one = co_await start_server(say("one"), "b.example", 80);
        const auto [from_a, to_a] = co_await open_connection("a.example", 80);
        const auto [from_b, to_b] = co_await open_connection("b.example", 80);
        w.note(co_await from_a.read());
        w.note(co_await from_b.read());
    };

    world.run(main(world));

    CHECK(world.log == Log{"0 all", "0 one"});
}

TEST_CASE("close refuses the next, lets those stay who are there, and wait_closed waits for them") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler handler = [](StreamReader, StreamWriter writer) {
            return stay(100ms, writer);
        };
        const Meeting m = co_await meet(handler);
        co_await sleep(1ms);
        CHECK(m.server.is_serving());
        m.server.close();
        m.server.close();
        CHECK_FALSE(m.server.is_serving());
        CHECK(co_await errno_of(open_connection("localhost", m.server.port())) == ECONNREFUSED);
        co_await m.server.wait_closed();
        w.note("quiet");
        w.note(co_await m.reader.read());
        co_await m.server.wait_closed(); // again: no wait
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 quiet", "100 bye"});
}

TEST_CASE("wait_closed waits for close, also if nobody visits") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        Server server = co_await start_server(swallow, "localhost", 0);
        w.loop.call_later(100ms, [server] { server.close(); });
        co_await server.wait_closed();
        w.note("closed");
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 closed"});
}

TEST_CASE("a server that nobody holds is closed, and its visitors stay") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler handler = [](StreamReader, StreamWriter writer) {
            return stay(100ms, writer);
        };
        std::uint16_t port = 0;
        std::vector<StreamReader> readers;
        {
            const Meeting m = co_await meet(handler);
            const Server copy = m.server;
            readers.push_back(m.reader);
            port = m.server.port();
            co_await sleep(1ms);
        }
        CHECK(co_await errno_of(open_connection("localhost", port)) == ECONNREFUSED);
        w.note(co_await readers.back().read());
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 bye"});
}

TEST_CASE("who is on the way when a server closes finds the end of the stream") {
    const NetworkSettings restored;
    sim_network().latency = 10ms;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        Server server = co_await start_server(swallow, "localhost", 0);
        const auto connecting = create_task(open_connection("localhost", server.port()));
        co_await sleep(5ms);
        server.close();
        const auto [reader, writer] = co_await connecting;
        w.note("'" + co_await reader.read() + "'");
    };

    world.run(main(world));

    CHECK(world.log == Log{"20 ''"});
}

TEST_CASE("a client that gives up on the way leaves an end to the server") {
    const NetworkSettings restored;
    sim_network().latency = 10ms;
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler handler = [&w](StreamReader reader, StreamWriter) {
            const auto hear_end = [](VirtualWorld& in, StreamReader from) -> Coro<> {
                in.note("'" + co_await from.read() + "'");
            };
            return hear_end(w, reader);
        };
        Server server = co_await start_server(handler, "localhost", 0);
        w.note(co_await what_of<TimeoutError>(
            timeout(15ms, open_connection("localhost", server.port()))));
        server.close();
        co_await server.wait_closed();
    };

    world.run(main(world));

    CHECK(world.log == Log{"15 timed out", "25 ''"});
}

TEST_CASE("an error of a handler goes to the loop's handler, and the connection is closed") {
    VirtualWorld world;
    world.loop.set_exception_handler([&world](const ErrorContext& context) {
        world.note(context.message + ": " + describe(context.error));
    });
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const ConnectionHandler later = [](StreamReader reader, StreamWriter) {
            return fail(reader);
        };
        const ConnectionHandler at_once = [](StreamReader, StreamWriter) -> Coro<> {
            throw Error("no coroutine was made");
        };
        const Meeting m = co_await meet(later);
        m.writer.write("go\n");
        w.note("'" + co_await m.reader.read() + "'");
        const Meeting n = co_await meet(at_once);
        w.note("'" + co_await n.reader.read() + "'");
        m.server.close();
        co_await m.server.wait_closed();
    };

    world.run(main(world));

    CHECK(world.log == Log{"0 exception in a connection's handler: broke", "0 ''",
                           "0 exception in a connection's handler: no coroutine was made", "0 ''"});
}

TEST_CASE("a handler that is cancelled reports nothing and closes its connection") {
    VirtualWorld world;
    world.loop.set_exception_handler(
        [&world](const ErrorContext& context) { world.note(context.message); });
    const auto main = [](VirtualWorld& w) -> Coro<> {
        std::vector<AnyTask> handlers;
        w.loop.set_task_hook([&](const AnyTask& task) { handlers.push_back(task); });
        const Meeting m = co_await meet(swallow);
        co_await sleep(1ms);
        handlers.back().cancel();
        w.note("'" + co_await m.reader.read() + "'");
        m.server.close();
        co_await m.server.wait_closed();
        w.loop.set_task_hook(nullptr);
    };

    world.run(main(world));

    CHECK(world.log == Log{"1 ''"});
}

TEST_CASE("a loop that ends in a deadlock with visitors is closed in peace") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const Meeting m = co_await meet(swallow);
        co_await sleep(1ms);
        m.server.close();
        co_await m.server.wait_closed(); // the handler waits for data, and nobody sends any
    };

    CHECK_THROWS_AS(world.run(main()), DeadlockError);
    world.loop.close();
}

TEST_CASE("a server may outlive its loop") {
    std::vector<Server> kept;
    {
        VirtualWorld world;
        const auto main = [](std::vector<Server>& out) -> Coro<> {
            out.push_back(co_await start_server(swallow, "localhost", 0));
        };
        world.run(main(kept));
    }

    CHECK(kept.back().is_serving());
    kept.back().close();
    CHECK_FALSE(kept.back().is_serving());
}
