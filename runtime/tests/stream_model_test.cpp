// stream_model_test.cpp: streams on the kernel against a plain one, in random order: equal bytes,
// equal errors, equal ends.
//
// The runtime's channel reads into the memory that the reader will get, guesses how much, and
// leaves big pieces in the kernel until the task runs that waits for them. The plain one reads at
// once, into an array, and copies.
#include "real_world.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <numeric>
#include <unistd.h>

using namespace aio;
using namespace aio::testing;

namespace {

/// Reads at once, and copies. For the rest it asks the runtime's channel.
class PlainChannel final : public detail::Channel {
public:
    explicit PlainChannel(UniqueFd fd)
        : Channel(fd.get(), "peer"), number_(fd.get()),
          inner_(detail::open_channel(get_running_loop(), std::move(fd), "peer")) {}

    std::optional<std::size_t> read(detail::ByteQueue& to) override {
        std::array<char, detail::longest_read_bytes> chunk{};
        const ssize_t count = ::read(number_, chunk.data(), chunk.size());
        if (count < 0 && errno == EAGAIN) {
            return std::nullopt;
        }
        REQUIRE(count >= 0);
        to.append({chunk.data(), static_cast<std::size_t>(count)});
        return static_cast<std::size_t>(count);
    }
    std::optional<std::size_t> write(std::string_view bytes) override {
        return inner_->write(bytes);
    }
    void on_readable(std::function<void()> callback) override {
        inner_->on_readable(std::move(callback));
    }
    void on_writable(std::function<void()> callback) override {
        inner_->on_writable(std::move(callback));
    }
    void end() override { inner_->end(); }

private:
    int number_;
    std::unique_ptr<detail::Channel> inner_;
};

class Random {
public:
    explicit Random(std::uint32_t seed) : state_(seed * 2654435761U + 1) {}
    std::size_t below(std::size_t limit) {
        state_ = state_ * 1664525U + 1013904223U;
        return (state_ >> 8U) % limit;
    }
    /// Returns: mostly little, now and then more than a channel reads at once.
    std::size_t length() { return 1 + below(below(4) == 0 ? 90'000 : 300); }

private:
    std::uint32_t state_;
};

/// A stream that is tried, and its peer, which has no runtime.
class Trial {
public:
    Trial(bool plain, std::uint32_t seed) : plain_(plain), random_(seed) {
        std::array<int, 2> ends{};
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
        peer_ = detail::prepared(UniqueFd(ends[1]));
        const int room = 1 << 20;
        ::setsockopt(peer_.get(), SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
        UniqueFd fd = detail::prepared(UniqueFd(ends[0]));
        std::unique_ptr<detail::Channel> channel;
        if (plain) {
            channel = std::make_unique<PlainChannel>(std::move(fd));
        } else {
            channel = detail::open_channel(get_running_loop(), std::move(fd), "peer");
        }
        const detail::Ref made(new detail::Stream(std::move(channel), default_stream_limit_bytes));
        made->begin();
        stream_.emplace(made->connection());
    }

    static Coro<std::string> run(bool plain, std::uint32_t seed) {
        Trial trial(plain, seed);
        for (int i = 0; i < 60; ++i) {
            co_await trial.step();
        }
        trial.peer_ = {}; // closes it
        trial.log_ += "; " + sum(co_await trial.stream_->reader.read());
        trial.log_ += trial.stream_->reader.at_eof() ? "; end" : "; no end";
        co_return trial.log_;
    }

private:
    static std::string sum(const std::string& bytes) { // long logs are hard to read
        const auto mix = [](std::uint32_t before, char c) {
            return before * 31 + static_cast<unsigned char>(c);
        };
        return std::to_string(bytes.size()) + ":" +
               std::to_string(std::accumulate(bytes.begin(), bytes.end(), 7U, mix));
    }

    std::string text(std::size_t count) { // a line's end every now and then
        std::string bytes(count, ' ');
        for (char& byte : bytes) {
            byte = next_byte_ % 4001 == 0 ? '\n' : static_cast<char>('a' + next_byte_ % 23);
            ++next_byte_;
        }
        return bytes;
    }

    void peer_sends(std::size_t count) {
        if (on_the_way_ + count > 200'000) {
            return; // a peer without a runtime does not wait for room
        }
        const std::string bytes = text(count);
        REQUIRE(::write(peer_.get(), bytes.data(), count) == static_cast<ssize_t>(count));
        on_the_way_ += count;
    }

    Coro<> step() {
        own_memory_ = random_.below(2) == 0 && !plain_;
        const std::size_t count = random_.length();
        const std::size_t there = std::min(count, on_the_way_);
        switch (random_.below(6)) {
        case 0:
        case 1:
            peer_sends(count);
            break;
        case 2: // in as many pieces as it takes
            for (std::size_t left = there; left > 0;) {
                const std::string piece = co_await next_piece(left);
                log_ += piece.empty() ? "; early end" : "";
                bytes_ += piece;
                left -= piece.size();
            }
            on_the_way_ -= there;
            log_ += "; " + sum(std::exchange(bytes_, {}));
            break;
        case 3: // who waits before it is there
            co_await wait_first(count);
            break;
        case 4: // who gives up
            co_await give_up();
            break;
        default:
            co_await answer(count);
        }
    }

    /// read(), half of the time by way of read_into() where that is tried.
    Coro<std::string> next_piece(std::size_t most) {
        if (!own_memory_) {
            co_return co_await stream_->reader.read(most);
        }
        std::string room(most, ' ');
        room.resize(co_await stream_->reader.read_into(room));
        co_return room;
    }

    /// readexactly(), likewise.
    Coro<std::string> whole(std::size_t count) {
        if (!own_memory_) {
            co_return co_await stream_->reader.readexactly(count);
        }
        std::string room(count, ' ');
        for (std::size_t have = 0; have < count;) {
            have += co_await stream_->reader.read_into(std::span(room).subspan(have));
        }
        co_return room;
    }

    Coro<> wait_first(std::size_t count) {
        const auto waiting = create_task(whole(on_the_way_ + count));
        for (std::size_t left = count; left > 0;) {
            const std::size_t part = std::min(left, random_.length());
            const std::string bytes = text(part);
            REQUIRE(::write(peer_.get(), bytes.data(), part) == static_cast<ssize_t>(part));
            left -= part;
            co_await sleep(0s); // it looks meanwhile, or does not
        }
        on_the_way_ = 0;
        log_ += "; all " + sum(co_await waiting);
    }

    Coro<> give_up() {
        const auto waiting = create_task(stream_->reader.readexactly(on_the_way_ + 10));
        for (std::size_t turns = random_.below(4); turns > 0; --turns) {
            co_await sleep(0s);
        }
        peer_sends(5); // news for one who is about to go
        for (std::size_t turns = random_.below(4); turns > 0; --turns) {
            co_await sleep(0s);
        }
        waiting.cancel();
        try {
            log_ += "; " + sum(co_await waiting); // the five came too early
        } catch (const CancelledError&) {
            log_ += "; gave up";
        }
    }

    Coro<> answer(std::size_t count) {
        const std::string bytes = text(count);
        stream_->writer.write(bytes);
        std::string got(count, ' ');
        for (std::size_t have = 0; have < count;) {
            const ssize_t more = ::read(peer_.get(), got.data() + have, count - have);
            have += static_cast<std::size_t>(std::max<ssize_t>(more, 0));
            co_await sleep(0s); // the rest leaves when there is room
        }
        co_await stream_->writer.drain();
        log_ += got == bytes ? "; sent" : "; sent something else";
    }

    bool plain_;
    bool own_memory_ = false; ///< this step reads with read_into()
    Random random_;
    UniqueFd peer_;
    std::optional<Connection> stream_;
    std::size_t on_the_way_ = 0; ///< sent by the peer, not read
    std::uint32_t next_byte_ = 1;
    std::string bytes_;
    std::string log_;
};

} // namespace

TEST_CASE("a stream on the kernel is the same as one that reads at once and copies, in random "
          "order (real)") {
    for (const std::string_view name : usable_selectors()) {
        CAPTURE(name);
        SkippingClock clock;
        EventLoop loop({.clock = &clock, .selector = make_selector(name)});
        for (std::uint32_t seed = 1; seed <= 30; ++seed) {
            CAPTURE(seed);
            const std::string expected = loop.run_until_complete(Trial::run(true, seed));
            REQUIRE(loop.run_until_complete(Trial::run(false, seed)) == expected);
        }
    }
}
