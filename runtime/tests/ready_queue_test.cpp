// ready_queue_test.cpp: the ready queue against a simple model, and what happens to captures.
#include <aio/ready_queue.hpp>

#include <doctest/doctest.h>

#include <array>
#include <deque>
#include <memory>
#include <random>
#include <stdexcept>

using aio::ReadyQueue;

TEST_CASE("pushes, runs and cancels in random order behave like a plain deque") {
    std::mt19937 random(1); // a fixed seed: the same 100,000 operations in every run
    ReadyQueue queue;
    struct Entry {
        ReadyQueue::Position position;
        int value;
        bool cancelled;
    };
    std::deque<Entry> model;
    std::vector<int> ran;
    std::vector<int> expected;

    for (int value = 0; value < 100'000; ++value) {
        const auto dice = random() % 10;
        if (dice < 5) {
            const auto position = dice < 4
                                      ? queue.push([&ran, value] { ran.push_back(value); })
                                      : queue.push([&ran, value, big = std::array<char, 400>{}] {
                                            ran.push_back(value + big[0]);
                                        });
            model.push_back({position, value, false});
        } else if (dice < 8 && !model.empty()) {
            if (!model.front().cancelled) {
                expected.push_back(model.front().value);
            }
            queue.run_next();
            model.pop_front();
        } else if (!model.empty()) {
            Entry& entry = model[random() % model.size()];
            REQUIRE(queue.cancel(entry.position) == !entry.cancelled);
            entry.cancelled = true;
        }
        REQUIRE(queue.size() == model.size());
    }

    CHECK(ran == expected);
}

TEST_CASE("captures are destroyed once: after the run, at a cancel, at clear, and when the "
          "callable throws") {
    const auto token = std::make_shared<int>(1);
    ReadyQueue queue;

    queue.push([token] {});
    const auto cancelled = queue.push([token] {});
    queue.push([token] { throw std::runtime_error("boom"); });
    queue.push([token] {});
    CHECK(token.use_count() == 5);

    queue.run_next();
    CHECK(token.use_count() == 4);
    CHECK(queue.cancel(cancelled));
    CHECK(token.use_count() == 3);
    queue.run_next(); // the cancelled one
    CHECK_THROWS(queue.run_next());
    CHECK(token.use_count() == 2);
    queue.clear();
    CHECK(token.use_count() == 1);
    CHECK(queue.empty());
}

TEST_CASE("a record that runs, has run or never was cannot be cancelled") {
    ReadyQueue queue;
    bool cancelled_itself = true;
    ReadyQueue::Position position{};

    position = queue.push([&] { cancelled_itself = queue.cancel(position); });
    queue.run_next();

    CHECK_FALSE(cancelled_itself);
    CHECK_FALSE(queue.cancel(position));
    CHECK_FALSE(queue.cancel({nullptr, 99}));
}

TEST_CASE("a callable may push while it runs in place") {
    ReadyQueue queue;
    int sum = 0;

    queue.push([&] {
        for (int i = 0; i < 1000; ++i) { // several chunks more
            queue.push([&sum, i] { sum += i; });
        }
    });
    while (!queue.empty()) {
        queue.run_next();
    }

    CHECK(sum == 499'500);
}
