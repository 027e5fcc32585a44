// inbox_test.cpp: the inbox against a mutex around a vector, then with several threads at once.
#include "plain_inbox.hpp"
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <random>
#include <thread>

using namespace aio;
using aio::detail::Inbox;
using aio::testing::Log;
using aio::testing::PlainInbox;
using aio::testing::VirtualWorld;

namespace {

/// One program of random calls. Returns: what an observer sees of it.
template <class Box> std::vector<std::int64_t> observe(unsigned seed) {
    std::mt19937 random(seed);
    std::vector<std::int64_t> seen;
    auto living = std::make_shared<int>(0); // counts what has not been destroyed
    Box box;
    std::size_t may_run = 0;
    std::int64_t number = 0;
    const auto push = [&]<std::size_t Size>(std::array<char, Size> load) {
        const bool fails = random() % 16 == 0;
        return box.push([&seen, living, load, fails, n = ++number] {
            seen.push_back(n + load[Size - 1]);
            if (fails) {
                throw Error("as planned");
            }
        });
    };
    for (int i = 0; i < 2'000; ++i) {
        const unsigned dice = random() % 100;
        if (dice < 40) {
            const auto how = dice < 20   ? push(std::array<char, 1>{})
                             : dice < 30 ? push(std::array<char, 150>{})
                                         : push(std::array<char, 500>{}); // boxed
            seen.push_back(static_cast<std::int64_t>(how));
        } else if (dice < 50) {
            may_run += box.take();
            seen.push_back(static_cast<std::int64_t>(may_run));
        } else if (dice < 90 && may_run > 0) {
            --may_run;
            try {
                box.run_next();
            } catch (const Error&) {
                seen.push_back(-1);
            }
        } else if (dice < 94) {
            seen.push_back(box.fall_asleep() ? -2 : -3);
        } else if (dice < 97) {
            box.wake_up();
        } else if (dice < 99) {
            seen.push_back(-10 - static_cast<std::int64_t>(box.nudge()));
        } else if (i > 1'500) {
            box.close();
            may_run = 0;
        }
        seen.push_back(box.has_news() ? 1 : 0);
        seen.push_back(living.use_count());
    }
    return seen;
}

/// What one thread leaves at a loop: its number, counted up.
struct Producer {
    std::uint32_t posted = 0;
    std::uint32_t ran = 0;
    bool in_order = true;
};

/// Threads post in bursts of random length to a loop that runs meanwhile. Between bursts each waits
/// until its posts have run, so the loop runs dry, and sleeps, again and again: a wake that is
/// missed ends the test by its timer.
void post_from_threads(unsigned seed, duration spin, const char* selector) {
    constexpr std::size_t threads = 3;
    constexpr int bursts = 60;
    RealClock clock;
    EventLoop loop({.clock = &clock, .selector = make_selector(selector), .spin = spin});
    std::array<Producer, threads> producers;
    std::array<std::atomic<std::uint32_t>, threads> done{};
    std::atomic<std::size_t> left = threads;
    const auto produce = [&](std::size_t me) {
        std::mt19937 random(seed + static_cast<unsigned>(me));
        std::uint32_t posted = 0;
        for (int burst = 0; burst < bursts; ++burst) {
            for (std::uint32_t n = 1 + random() % (random() % 4 == 0 ? 900 : 3); n > 0; --n) {
                loop.call_soon_threadsafe([&producers, &done, me, number = ++posted] {
                    Producer& mine = producers[me];
                    mine.in_order = mine.in_order && number == mine.ran + 1;
                    mine.ran = number;
                    done[me].store(number);
                    done[me].notify_one();
                });
            }
            for (std::uint32_t seen = 0; (seen = done[me].load()) != posted;) {
                done[me].wait(seen);
            }
        }
        producers[me].posted = posted;
        loop.call_soon_threadsafe([&] {
            if (--left == 0) {
                loop.stop();
            }
        });
    };
    loop.call_later(60s, [] {
        FAIL("a post did not wake the loop");
        std::abort();
    });
    std::vector<std::thread> running;
    for (std::size_t i = 0; i < threads; ++i) {
        running.emplace_back(produce, i);
    }
    loop.run_forever();
    for (std::thread& thread : running) {
        thread.join();
    }
    for (const Producer& producer : producers) {
        CHECK(producer.in_order); // nothing lost, nothing twice, first in, first out
        CHECK(producer.ran == producer.posted);
    }
}

} // namespace

TEST_CASE("the inbox does what a mutex around a vector does, in 200 random programs") {
    for (unsigned seed = 0; seed < 200; ++seed) {
        CAPTURE(seed);
        REQUIRE(observe<Inbox>(seed) == observe<PlainInbox>(seed));
    }
}

TEST_CASE("posts of several threads keep their order, none is lost, and none sleeps (real)") {
    post_from_threads(1, 0s, "epoll");
    post_from_threads(2, 0s, "poll");
    post_from_threads(3, 50us, "epoll");
    post_from_threads(4, 50us, "poll");
}

TEST_CASE("a post that a full burst left behind after SystemExit runs in the next run, in order") {
    VirtualWorld world;
    world.loop.call_soon_threadsafe([&] { world.note("a"); });
    world.loop.call_soon_threadsafe([] { throw SystemExit(1); });
    world.loop.call_soon_threadsafe([&] { world.note("b"); });

    CHECK_THROWS_AS(world.loop.run_forever(), SystemExit);
    world.loop.call_soon_threadsafe([&] { world.note("c"); });
    world.run_until_idle();

    CHECK(world.log == Log{"0 a", "0 b", "0 c"});
}

TEST_CASE("what a closed loop drops may post, in vain, and is destroyed once") {
    struct PostsAtTheEnd {
        EventLoop* loop;
        int* refused;
        ~PostsAtTheEnd() {
            try {
                loop->call_soon_threadsafe([] {});
            } catch (const Error&) {
                ++*refused;
            }
        }
    };
    VirtualWorld world;
    int refused = 0;
    for (int i = 0; i < 3; ++i) {
        const auto last = std::make_shared<PostsAtTheEnd>(&world.loop, &refused);
        world.loop.call_soon_threadsafe([last] {});
    }

    world.loop.close();

    CHECK(refused == 3);
}

TEST_CASE("spinning changes nothing on a virtual clock") {
    const auto trace = [](duration spin) {
        const testing::RecordingTracer tracer;
        VirtualClock clock;
        EventLoop loop({.clock = &clock, .selector = nullptr, .spin = spin});
        ThreadPool pool(2);
        std::vector<Future<void>> jobs;
        for (const ms span : {30ms, 10ms, 20ms}) {
            jobs.push_back(loop.run_in_executor(&pool, [&loop, span] {
                block_for(span);
                loop.call_soon_threadsafe([] {});
            }));
        }
        for (const auto& job : jobs) {
            loop.run_until_complete(job);
        }
        pool.shutdown();
        auto lines = tracer.lines;
        std::erase_if(lines, [](const std::string& line) { return line.starts_with("loop."); });
        return lines;
    };
    const Log asleep = trace(0s);

    CHECK(asleep.size() > 20);
    CHECK(trace(50us) == asleep);
}
