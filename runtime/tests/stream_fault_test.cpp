// stream_fault_test.cpp: streams on a channel that does what a test tells it to: false alarms,
// short writes, errors at the worst moment.
#include "stream_world.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <deque>

using namespace aio;
using namespace aio::testing;

namespace {

/// What the next call of a channel does.
struct Outcome {
    std::string text; ///< read() gives it; write() takes so many bytes
    int error;
    bool not_now;
};
Outcome bytes(std::string text) { return {std::move(text), 0, false}; }
Outcome fails(int error) { return {"", error, false}; }
Outcome not_now() { return {"", 0, true}; }

/// What a test holds of its channel.
struct Wire {
    std::deque<Outcome> reads;
    std::deque<Outcome> writes; ///< none: takes everything
    std::string sent;
    std::function<void()> readable;
    std::function<void()> writable;
    bool ended = false;
    bool destroyed = false;

    void tell(const std::function<void()>& callback) const {
        const auto copy = callback; // it may end its own watch
        copy();
    }
};

class WireChannel final : public detail::Channel {
public:
    explicit WireChannel(std::shared_ptr<Wire> wire) : Channel(1, "wire"), wire_(std::move(wire)) {}
    ~WireChannel() override {
        wire_->readable = wire_->writable = nullptr;
        wire_->destroyed = true;
    }
    std::optional<std::size_t> read(detail::ByteQueue& to) override {
        const auto outcome = next(wire_->reads, "read");
        if (outcome.not_now) {
            return std::nullopt;
        }
        to.append(outcome.text);
        return outcome.text.size();
    }
    bool read_late(bool has_room) const override { return has_room; }
    std::optional<std::size_t> read_into(std::span<char> room) override {
        auto outcome = next(wire_->reads, "read");
        if (outcome.not_now) {
            return std::nullopt;
        }
        const std::size_t count = outcome.text.copy(room.data(), room.size());
        if (count < outcome.text.size()) {
            outcome.text.erase(0, count);
            wire_->reads.push_front(outcome);
        }
        return count;
    }
    std::optional<std::size_t> write(std::string_view bytes) override {
        if (wire_->writes.empty()) {
            wire_->sent += bytes;
            return bytes.size();
        }
        const auto outcome = next(wire_->writes, "send");
        if (outcome.not_now) {
            return std::nullopt;
        }
        wire_->sent += bytes.substr(0, outcome.text.size());
        return std::min(bytes.size(), outcome.text.size());
    }
    void on_readable(std::function<void()> callback) override {
        wire_->readable = std::move(callback);
    }
    void on_writable(std::function<void()> callback) override {
        wire_->writable = std::move(callback);
    }
    void end() override { wire_->ended = true; }

private:
    static Outcome next(std::deque<Outcome>& outcomes, const char* call) {
        REQUIRE_FALSE(outcomes.empty());
        Outcome outcome = outcomes.front();
        outcomes.pop_front();
        if (outcome.error != 0) {
            throw std::system_error(outcome.error, std::generic_category(), call);
        }
        return outcome;
    }
    std::shared_ptr<Wire> wire_;
};

Connection connect(const std::shared_ptr<Wire>& wire,
                   std::size_t limit_bytes = default_stream_limit_bytes) {
    const detail::Ref stream(new detail::Stream(std::make_unique<WireChannel>(wire), limit_bytes));
    stream->begin();
    return stream->connection();
}

} // namespace

TEST_CASE("a call that signals interrupt is made again, another error is not") {
    int calls = 0;
    const auto interrupted_twice = [&] {
        errno = EINTR;
        return static_cast<ssize_t>(++calls < 3 ? -1 : 7);
    };
    const auto refused = [&] {
        ++calls;
        errno = EAGAIN;
        return static_cast<ssize_t>(-1);
    };

    CHECK(detail::uninterrupted(interrupted_twice) == 7);
    CHECK(calls == 3);
    CHECK(detail::uninterrupted(refused) == -1);
    CHECK(calls == 4);
}

TEST_CASE("a false alarm wakes no reader") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const auto wire = std::make_shared<Wire>();
        const auto [reader, writer] = connect(wire);
        const auto reading = create_task(reader.read(10));
        co_await sleep(1ms);
        wire->reads.push_back(not_now());
        wire->tell(wire->readable);
        co_await sleep(1ms);
        CHECK_FALSE(reading.done());
        wire->reads.push_back(bytes("data"));
        wire->tell(wire->readable);
        CHECK(co_await reading == "data");
    };

    world.run(main());
}

TEST_CASE("read_into waits on after a false alarm, fills no buffer, and tells of an error") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const auto wire = std::make_shared<Wire>();
        const auto [reader, writer] = connect(wire);
        std::array<char, 4> room{};
        const auto reading = create_task(reader.read_into(room));
        co_await sleep(1ms);
        wire->reads = {not_now(), bytes("longer"), fails(ECONNRESET)};
        wire->tell(wire->readable);
        co_await sleep(1ms);
        CHECK_FALSE(reading.done());
        wire->tell(wire->readable);
        CHECK(co_await reading == 4);
        CHECK(std::string(room.data(), 4) == "long");
        CHECK(wire->reads.size() == 2); // the rest is not read before somebody asks
        const auto rest = create_task(reader.read_into(room));
        co_await sleep(1ms);
        wire->tell(wire->readable);
        CHECK(co_await rest == 2);
        const auto broken = create_task(reader.read_into(room));
        co_await sleep(1ms);
        wire->tell(wire->readable);
        CHECK(co_await what_of<std::system_error>(broken) != "");
        CHECK(co_await what_of<std::system_error>(reader.read_into(room)) != "");
    };

    world.run(main());
}

TEST_CASE("a read_into that is cancelled when bytes are there leaves them to the next reader") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const auto wire = std::make_shared<Wire>();
        const auto [reader, writer] = connect(wire);
        std::array<char, 4> room{};
        const auto reading = create_task(reader.read_into(room));
        co_await sleep(1ms);
        wire->reads = {bytes("data")};
        wire->tell(wire->readable);
        reading.cancel(); // woken, and has not run
        co_await sleep(1ms);
        CHECK(reading.cancelled());
        CHECK(room[0] == 0);
        const auto next = create_task(reader.read(10));
        co_await sleep(1ms);
        wire->tell(wire->readable); // as the kernel does as long as there is something
        CHECK(co_await next == "data");
    };

    world.run(main());
}

TEST_CASE("short writes and refused ones send every byte once, in order") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const auto wire = std::make_shared<Wire>();
        wire->writes.push_back(bytes("123")); // as many as this
        wire->writes.push_back(not_now());
        const auto [reader, writer] = connect(wire);
        writer.write("abcdefgh");
        CHECK(wire->sent == "abc");
        CHECK(writer.buffered() == 5);
        writer.write("ij"); // behind what waits: the channel is not asked
        CHECK(wire->sent == "abc");
        writer.write_eof();
        CHECK_FALSE(wire->ended);

        wire->writes.push_back(not_now()); // a false alarm
        wire->tell(wire->writable);
        CHECK(writer.buffered() == 7);
        wire->writes.push_back(bytes("1"));
        wire->writes.push_back(bytes("12"));
        wire->writes.push_back(not_now());
        wire->tell(wire->writable);
        CHECK(wire->sent == "abcdef");
        wire->tell(wire->writable);

        CHECK(wire->sent == "abcdefghij");
        CHECK(wire->writable == nullptr); // nothing is left to be told about
        CHECK(wire->ended);
        co_return;
    };

    world.run(main());
}

TEST_CASE("an error of a write is told by drain, and all later calls") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const auto wire = std::make_shared<Wire>();
        wire->writes.push_back(fails(EPIPE));
        const auto [reader, writer] = connect(wire);
        writer.write("abc"); // does not throw: nobody may be there to catch it
        CHECK(wire->destroyed);
        CHECK(writer.buffered() == 0);
        CHECK(writer.is_closing());
        CHECK(co_await what_of<std::system_error>(writer.drain()) == "send: Broken pipe");
        CHECK(co_await errno_of(writer.wait_closed()) == EPIPE);
        CHECK(co_await errno_of(reader.read(1)) == EPIPE);
        CHECK(reader.at_eof());
    };

    world.run(main());
}

TEST_CASE("an error of a read is told to whoever reads, drains, or waits for the end") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const auto wire = std::make_shared<Wire>();
        wire->writes.push_back(not_now());
        const auto [reader, writer] = connect(wire);
        writer.set_write_buffer_limits(2, 1);
        writer.write("abc");
        const auto reading = create_task(reader.readline());
        const auto draining = create_task(writer.drain());
        const auto closing = create_task(writer.wait_closed());
        co_await sleep(1ms);
        wire->reads.push_back(fails(ECONNRESET));
        wire->tell(wire->readable);
        CHECK(wire->destroyed);
        CHECK(co_await what_of<std::system_error>(reading) == "read: Connection reset by peer");
        CHECK(co_await errno_of(draining) == ECONNRESET);
        CHECK(co_await errno_of(closing) == ECONNRESET);
    };

    world.run(main());
}

TEST_CASE("an error while the rest of a closed stream is sent is told by wait_closed") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const auto wire = std::make_shared<Wire>();
        wire->writes.push_back(not_now());
        const auto [reader, writer] = connect(wire);
        writer.write("abc");
        writer.close();
        CHECK_FALSE(wire->destroyed);
        const auto closing = create_task(writer.wait_closed());
        co_await sleep(1ms);
        wire->writes.push_back(fails(ECONNRESET));
        wire->tell(wire->writable);
        CHECK(co_await errno_of(closing) == ECONNRESET);
    };

    world.run(main());
}

TEST_CASE("after close nobody reads on, and who waits for data learns the end with the last byte "
          "sent") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const auto wire = std::make_shared<Wire>();
        wire->writes.push_back(not_now());
        const auto [reader, writer] = connect(wire);
        writer.write("abc");
        writer.close();
        CHECK(wire->readable == nullptr);
        const auto reading = create_task(reader.read(1));
        co_await sleep(1ms);
        CHECK(wire->readable == nullptr);
        CHECK_FALSE(reading.done());
        co_await writer.drain(); // closing, and below the mark: no wait, no error
        wire->tell(wire->writable);
        CHECK(co_await reading == "");
    };

    world.run(main());
}

TEST_CASE("a drain that waits ends without an error when close has sent everything") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const auto wire = std::make_shared<Wire>();
        wire->writes.push_back(not_now());
        const auto [reader, writer] = connect(wire);
        writer.set_write_buffer_limits(0, 0);
        writer.write("abc");
        const auto draining = create_task(writer.drain());
        co_await sleep(1ms);
        writer.close();
        wire->tell(wire->writable);
        co_await draining;
        CHECK(wire->sent == "abc");
        CHECK(co_await errno_of(writer.drain()) == ECONNRESET);
    };

    world.run(main());
}

TEST_CASE("reading ahead pauses above twice the limit, and goes on at the limit") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const auto wire = std::make_shared<Wire>();
        const auto [reader, writer] = connect(wire, 4);
        wire->reads.push_back(bytes("12345678"));
        wire->tell(wire->readable);
        CHECK(wire->readable != nullptr); // twice the limit is not above it
        wire->reads.push_back(bytes("9"));
        wire->tell(wire->readable);
        CHECK(wire->readable == nullptr);
        CHECK(co_await reader.read(4) == "1234");
        CHECK(wire->readable == nullptr);
        CHECK(co_await reader.read(1) == "5");
        CHECK(wire->readable != nullptr);

        wire->reads.push_back(bytes("abcdefgh"));
        wire->tell(wire->readable);
        CHECK(wire->readable == nullptr);
        const auto reading = create_task(reader.readexactly(13)); // it needs more than there may be
        co_await sleep(1ms);
        CHECK(wire->readable != nullptr);
        wire->reads.push_back(bytes("i"));
        wire->tell(wire->readable);
        CHECK(co_await reading == "6789abcdefghi");
    };

    world.run(main());
}

TEST_CASE("the end of a stream is read once, and writing goes on") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        const auto wire = std::make_shared<Wire>();
        const auto [reader, writer] = connect(wire);
        wire->reads.push_back(bytes("bye"));
        wire->reads.push_back(bytes(""));
        wire->tell(wire->readable);
        CHECK_FALSE(reader.at_eof());
        wire->tell(wire->readable);
        CHECK_FALSE(reader.at_eof()); // the buffer is not empty
        CHECK(wire->readable == nullptr);
        CHECK(co_await reader.read() == "bye");
        CHECK(reader.at_eof());
        writer.write("good bye");
        CHECK(wire->sent == "good bye");
        CHECK_FALSE(wire->destroyed);
    };

    world.run(main());
}

TEST_CASE("a connection nobody holds is closed at once if nothing waits to be sent") {
    VirtualWorld world;
    const auto wire = std::make_shared<Wire>();
    const auto main = [](std::shared_ptr<Wire> own) -> Coro<> {
        std::vector<StreamReader> readers;
        {
            const auto [reader, writer] = connect(own);
            readers.push_back(reader);
        }
        CHECK_FALSE(own->destroyed); // a reader is left
        readers.clear();
        CHECK(own->destroyed);
        co_return;
    };

    world.run(main(wire));
}

TEST_CASE("a connection nobody holds is kept until its bytes are sent, or its loop is closed") {
    const auto wire = std::make_shared<Wire>();
    const auto drop = [](std::shared_ptr<Wire> own) -> Coro<> {
        own->writes.push_back(not_now());
        connect(own).writer.write("abc");
        CHECK_FALSE(own->destroyed);
        co_return;
    };
    VirtualWorld world;
    world.run(drop(wire));
    const auto send = [](std::shared_ptr<Wire> own) -> Coro<> {
        own->tell(own->writable);
        co_return;
    };

    SUBCASE("sent") {
        world.run(send(wire));
        CHECK(wire->sent == "abc");
        CHECK(wire->destroyed);
    }
    SUBCASE("closed") {
        world.loop.close();
        CHECK(wire->sent == "");
        CHECK(wire->destroyed);
    }
}

TEST_CASE("a bell rings for those who still wait") {
    VirtualWorld world;
    const auto main = []() -> Coro<> {
        detail::Bell bell;
        for (int i = 0; i < 3; ++i) {
            Future<void> wait = bell.wait("a test");
            CHECK(bell.has_waiters());
            wait.cancel();
            CHECK_FALSE(bell.has_waiters());
        }
        const Future<void> last = bell.wait("a test");
        bell.ring();
        CHECK(last.done());
        bell.ring(); // nobody: fine
        co_return;
    };

    world.run(main());
}

TEST_CASE("a queue of bytes is the same as a string, in random order") {
    detail::ByteQueue queue;
    std::string model;
    std::uint32_t random = 1;
    const auto draw = [&](std::uint32_t below) {
        random = random * 1664525U + 1013904223U;
        return (random >> 16U) % below;
    };

    for (int i = 0; i < 10'000; ++i) {
        const std::string more(draw(20), static_cast<char>('a' + draw(26)));
        if (draw(2) == 0) {
            queue.append(more);
        } else { // as a system call writes: in room that is too large
            const std::size_t spare = draw(50);
            more.copy(queue.extend(more.size() + spare), more.size());
            queue.shrink(spare);
        }
        model += more;
        const std::size_t count = draw(8) == 0 ? model.size() + draw(40) : draw(21);
        if (draw(2) == 0) {
            REQUIRE(queue.take(count) == model.substr(0, count));
            model.erase(0, count);
        } else if (count <= model.size()) {
            queue.drop(count);
            model.erase(0, count);
        }
        REQUIRE(queue.view() == model);
        REQUIRE(queue.size() == model.size());
    }
}
