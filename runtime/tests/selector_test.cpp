// selector_test.cpp: every selector against the kernel: pipes, wake-ups, errors.
#include "virtual_world.hpp"

#include <aio/epoll_selector.hpp>
#include <aio/unique_fd.hpp>
#include <doctest/doctest.h>

#include <array>
#include <system_error>
#include <unistd.h>

using namespace aio;

namespace {

struct Pipe {
    UniqueFd read;
    UniqueFd write;
    Pipe() {
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        read = UniqueFd(ends[0]);
        write = UniqueFd(ends[1]);
    }
};

using Make = std::unique_ptr<Selector> (*)();
const std::array<Make, 2> makers{&make_poll_selector, &make_epoll_selector};

} // namespace

TEST_CASE("a selector tells what can be read or written, until the watch ends (real)") {
    for (const Make make : makers) {
        const auto selector = make();
        const Pipe pipe;
        std::vector<Readiness> news;

        selector->watch(pipe.read.get(), {.readable = true});
        CHECK_FALSE(selector->select(duration::zero(), news));
        REQUIRE(::write(pipe.write.get(), "x", 1) == 1);
        CHECK(selector->select(std::nullopt, news));
        REQUIRE(news.size() == 1);
        CHECK(news[0].fd == pipe.read.get());
        CHECK(news[0].interest.readable);
        CHECK_FALSE(news[0].interest.writable);

        news.clear();
        selector->watch(pipe.read.get(), {});
        selector->watch(pipe.write.get(), {.writable = true});
        CHECK(selector->select(duration::zero(), news));
        REQUIRE(news.size() == 1);
        CHECK(news[0].fd == pipe.write.get());
        CHECK(news[0].interest.writable);
    }
}

TEST_CASE("wake() ends the wait that goes on, or the next one, once (real)") {
    for (const Make make : makers) {
        const auto selector = make();
        std::vector<Readiness> news;

        selector->wake();
        selector->wake();
        CHECK(selector->select(std::nullopt, news));
        CHECK_FALSE(selector->select(duration::zero(), news));
        CHECK(news.empty());
    }
}

TEST_CASE("watching a descriptor that is not open is refused by name (real)") {
    for (const Make make : makers) {
        CHECK_THROWS_AS(make()->watch(9999, {.readable = true}), std::system_error);
    }
}

TEST_CASE("a closed peer is news for the reader (real)") {
    for (const Make make : makers) {
        const auto selector = make();
        Pipe pipe;
        std::vector<Readiness> news;

        selector->watch(pipe.read.get(), {.readable = true});
        {
            const UniqueFd closed = std::move(pipe.write);
        }
        CHECK(selector->select(duration::zero(), news));

        REQUIRE(news.size() == 1);
        CHECK(news[0].interest.readable);
    }
}

TEST_CASE(
    "a loop calls back while a descriptor has something to read, and stops when told to (real)") {
    for (const Make make : makers) {
        RealClock clock;
        EventLoop loop({.clock = &clock, .selector = make()});
        const Pipe pipe;
        std::string read;

        loop.add_reader(pipe.read.get(), [&] {
            char c = 0;
            REQUIRE(::read(pipe.read.get(), &c, 1) == 1);
            read += c;
            if (c == '.') {
                CHECK(loop.remove_reader(pipe.read.get()));
                loop.stop();
            }
        });
        loop.add_writer(pipe.write.get(), [&] {
            REQUIRE(::write(pipe.write.get(), "abc.", 4) == 4);
            loop.remove_writer(pipe.write.get());
        });
        loop.run_forever();

        CHECK(read == "abc.");
        CHECK_FALSE(loop.remove_reader(pipe.read.get()));
        CHECK_FALSE(loop.remove_writer(pipe.write.get()));
    }
}

TEST_CASE("a chain of callbacks does not starve a descriptor, and does not ask the kernel at every "
          "turn") {
    struct Counting final : Selector {
        int& looks;
        explicit Counting(int& l) : looks(l) {}
        void watch(int, Interest) override {}
        bool select(std::optional<duration>, std::vector<Readiness>&) override {
            ++looks;
            return false;
        }
        void wake() override {}
    };
    int looks = 0;
    VirtualClock clock;
    EventLoop loop({.clock = &clock, .selector = std::make_unique<Counting>(looks)});
    int turns = 0;
    std::function<void()> again = [&] {
        ++turns < 6400 ? static_cast<void>(loop.call_soon(again)) : loop.stop();
    };

    SUBCASE("with a descriptor") {
        loop.add_reader(7, [] {});
        loop.call_soon(again);
        loop.run_forever();
        CHECK(looks == 100);
    }
    SUBCASE("without one") {
        loop.call_soon(again);
        loop.run_forever();
        CHECK(looks == 0);
    }
}
