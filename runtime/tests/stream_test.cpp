// stream_test.cpp: what readers give, and when, on the simulated network.
#include "stream_world.hpp"

#include <array>
#include <doctest/doctest.h>

using namespace aio;
using namespace aio::testing;

TEST_CASE("read gives what is there, readline waits for its end, and the end is empty") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "HEL"}, {200ms, "LO\nWOR"}, {300ms, "LD\n"}, {400ms, ""}};
        const Meeting m = co_await hear(plan);
        w.note(co_await m.reader.read(10));
        w.note(co_await m.reader.readline());
        w.note(co_await m.reader.readline());
        CHECK_FALSE(m.reader.at_eof());
        w.note("'" + co_await m.reader.readline() + "'");
        CHECK(m.reader.at_eof());
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 HEL", "200 LO\n", "300 WORLD\n", "400 ''"});
}

TEST_CASE("read takes no more than it was asked for, and the rest stays") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "ABCDE"}, {200ms, "FG"}};
        const Meeting m = co_await hear(plan);
        w.note("'" + co_await m.reader.read(0) + "'"); // nothing is nothing: no wait
        w.note(co_await m.reader.read(2));
        w.note(co_await m.reader.read(2));
        w.note(co_await m.reader.read(2)); // E alone: what is there is enough
        w.note(co_await m.reader.read());
        w.note("'" + co_await m.reader.read() + "'");
        w.note("'" + co_await m.reader.read(2) + "'");
    };

    world.run(main(world));

    CHECK(world.log == Log{"0 ''", "100 AB", "100 CD", "100 E", "200 FG", "200 ''", "200 ''"});
}

TEST_CASE("read_into gives what is there to the caller's memory, as much as fits") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "ABCDE"}, {200ms, "FG"}, {300ms, ""}};
        const Meeting m = co_await hear(plan);
        std::array<char, 3> room{};
        const auto next = [&] { return m.reader.read_into(room); };
        w.note(std::to_string(co_await m.reader.read_into({}))); // no room: no wait
        for (std::size_t count = co_await next(); count > 0; count = co_await next()) {
            w.note(std::string(room.data(), count));
        }
        CHECK(m.reader.at_eof());
        CHECK(co_await next() == 0);
    };

    world.run(main(world));

    CHECK(world.log == Log{"0 0", "100 ABC", "100 DE", "200 FG"});
}

TEST_CASE("read_into takes first what an earlier read has left, or what came while nobody read") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "one\ntwo"}, {200ms, "three"}};
        const Meeting m = co_await hear(plan);
        std::array<char, 8> room{};
        w.note(co_await m.reader.readline());
        w.note(std::string(room.data(), co_await m.reader.read_into(room)));
        co_await sleep(200ms);
        w.note(std::string(room.data(), co_await m.reader.read_into(room)));
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 one\n", "100 two", "300 three"});
}

TEST_CASE("read without a size gives everything up to the end, more than the limit too") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, std::string(50, 'a')}, {200ms, std::string(50, 'b')}};
        const Meeting m = co_await hear(plan, 7);
        const std::string all = co_await m.reader.read();
        w.note(std::to_string(all.size()) + all.front() + all.back());
        CHECK(m.reader.at_eof());
    };

    world.run(main(world));

    CHECK(world.log == Log{"200 100ab"});
}

TEST_CASE("readexactly waits for the last byte, and tells how far it came if there is none") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "ABC"}, {200ms, "DEF"}, {300ms, "GH"}};
        const Meeting m = co_await hear(plan, 2); // a limit does not matter here
        w.note("'" + co_await m.reader.readexactly(0) + "'");
        w.note(co_await m.reader.readexactly(5));
        try {
            static_cast<void>(co_await m.reader.readexactly(4));
        } catch (const IncompleteReadError& error) {
            w.note(error.what());
            CHECK(error.partial == "FGH");
            CHECK(error.expected == 4);
        }
        CHECK(m.reader.at_eof()); // the partial bytes were handed over
    };

    world.run(main(world));

    CHECK(world.log == Log{"0 ''", "200 ABCDE", "300 the stream ended after 3 bytes of 4"});
}

TEST_CASE("readuntil finds a separator that comes in two pieces") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "GET /\r"}, {200ms, "\n\r\nbody\r\n"}, {300ms, "rest"}};
        const Meeting m = co_await hear(plan);
        w.note(co_await m.reader.readuntil("\r\n\r\n"));
        w.note(co_await m.reader.readuntil("\r\n"));
        try {
            static_cast<void>(co_await m.reader.readuntil("\r\n"));
        } catch (const IncompleteReadError& error) {
            w.note(error.what());
            CHECK(error.partial == "rest");
            CHECK(error.expected == 0);
        }
    };

    world.run(main(world));

    CHECK(world.log ==
          Log{"200 GET /\r\n\r\n", "200 body\r\n", "300 the stream ended after 4 bytes"});
}

TEST_CASE("an empty separator and an empty limit are refused") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const Meeting m = co_await hear({});
        CHECK(co_await what_of<ValueError>(m.reader.readuntil("")) ==
              "the separator needs at least one byte");
        CHECK(co_await what_of<ValueError>(open_connection("localhost", m.server.port(), 0)) ==
              "a stream's limit is at least one byte");
        CHECK(co_await what_of<ValueError>(start_server(swallow, "localhost", 0, 0)) ==
              "a stream's limit is at least one byte");
    };

    world.run(main());
}

TEST_CASE("a separator beyond the limit is an error that takes nothing out of the buffer") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "12345678"}, {200ms, "9;x;"}};
        const Meeting m = co_await hear(plan, 5);
        try {
            static_cast<void>(co_await m.reader.readuntil(";")); // eight bytes, and none of it
        } catch (const LimitOverrunError& error) {
            w.note(std::string(error.what()) + ": " + std::to_string(error.consumed));
        }
        co_await sleep(150ms);
        try {
            static_cast<void>(co_await m.reader.readuntil(";")); // it stands there, too late
        } catch (const LimitOverrunError& error) {
            w.note(std::string(error.what()) + ": " + std::to_string(error.consumed));
        }
        w.note(co_await m.reader.readexactly(10));
        w.note(co_await m.reader.readuntil(";"));
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 the separator is not within the limit: 8",
                           "250 the separator stands beyond the limit: 9", "250 123456789;",
                           "250 x;"});
}

TEST_CASE("a line exactly as long as the limit passes, one byte more does not") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "12345\n123456\nnext\n"}};
        const Meeting m = co_await hear(plan, 5);
        w.note(co_await m.reader.readline());
        w.note(co_await what_of<ValueError>(m.reader.readline()));
        w.note(co_await m.reader.readline()); // the line that was too long has been dropped
    };

    world.run(main(world));

    CHECK(world.log ==
          Log{"100 12345\n", "100 the separator stands beyond the limit", "100 next\n"});
}

TEST_CASE("readline drops of a line that is too long what is there") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "1234567"}, {200ms, "89\nnext\nlast"}};
        const Meeting m = co_await hear(plan, 5);
        w.note(co_await what_of<ValueError>(m.reader.readline()));
        w.note(co_await m.reader.readline()); // what came later of it
        w.note(co_await m.reader.readline());
        w.note(co_await m.reader.readline()); // without an end: the stream has one
    };

    world.run(main(world));

    CHECK(world.log ==
          Log{"100 the separator is not within the limit", "200 89\n", "200 next\n", "200 last"});
}

TEST_CASE("a second task that waits for the same reader is refused, by the name of its call") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "data"}};
        const Meeting m = co_await hear(plan);
        const auto first = create_task(m.reader.read(10));
        co_await sleep(10ms);
        w.note(co_await what_of<Error>(m.reader.read(10)));
        w.note(co_await what_of<Error>(m.reader.readline()));
        w.note(co_await what_of<Error>(m.reader.readexactly(1)));
        std::array<char, 1> room{};
        w.note(co_await what_of<Error>(m.reader.read_into(room)));
        w.note(co_await first);
    };

    world.run(main(world));

    CHECK(world.log == Log{"10 read() called while another task waits for data here",
                           "10 readuntil() called while another task waits for data here",
                           "10 readexactly() called while another task waits for data here",
                           "10 read_into() called while another task waits for data here",
                           "100 data"});
}

TEST_CASE("a read that was woken, and finds that another has taken the bytes, waits on") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "first"}, {200ms, "second"}};
        const Meeting m = co_await hear(plan);
        const auto waits = create_task(m.reader.read(10));
        const auto grab = [](VirtualWorld& in, StreamReader from) -> Coro<> {
            co_await sleep(100ms);
            co_await sleep(0ms); // in the turn in which the bytes are read
            co_await sleep(0ms); // in the next one, before the task that waits: asked earlier
            in.note("grabs " + co_await from.read(10));
        };
        const auto grabs = create_task(grab(w, m.reader));
        w.note("waits " + co_await waits);
        co_await grabs;
    };

    world.run(main(world));

    CHECK(world.log == Log{"100 grabs first", "200 waits second"});
}

TEST_CASE("a read that is cancelled loses no bytes, and the next one may wait") {
    VirtualWorld world;
    const auto main = [](VirtualWorld& w) -> Coro<> {
        const Plan plan{{100ms, "HEL"}, {200ms, "LO\n"}};
        const Meeting m = co_await hear(plan);
        w.note(co_await what_of<TimeoutError>(timeout(50ms, m.reader.readline())));
        w.note(co_await what_of<TimeoutError>(timeout(100ms, m.reader.readline())));
        w.note(co_await m.reader.readline());
    };

    world.run(main(world));

    CHECK(world.log == Log{"50 timed out", "150 timed out", "200 HELLO\n"});
}
