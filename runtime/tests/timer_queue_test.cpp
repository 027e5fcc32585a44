// timer_queue_test.cpp: the timer queue against a plain heap, and what its slots promise.
#include "plain_timer_queue.hpp"

#include <aio/timer_queue.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace aio;

namespace {

/// How one world of timers looks: few or many at once, near or far, all different or all equal.
struct World {
    const char* name;
    unsigned most_at_once;   ///< timers set in one step
    std::int64_t spread;     ///< nanoseconds between the earliest and the latest deadline
    std::int64_t grain;      ///< deadlines are multiples of it, so that some are equal
    std::int64_t step;       ///< nanoseconds that time moves at most in a step
    unsigned cancel_percent; ///< of the timers set in a step
    int steps;
};

/// Both queues, told the same, and what they said.
class Twins {
public:
    explicit Twins(std::uint64_t last_sequence) : queue_(last_sequence), offset_(last_sequence) {}

    void push(time_point deadline, std::uint64_t place) {
        const auto number = ++count_;
        plain_.push(deadline, [this, number] { plain_fired_.push_back(number); }, place);
        ids_.push_back(queue_.push(deadline, [this, number] { run(number); }, place));
        same_ = same_ && ids_.back().sequence == offset_ + number;
    }

    void cancel(std::uint64_t number) {
        same_ = queue_.cancel(ids_[number - 1]) == plain_.cancel(number) && same_;
    }

    void collect(time_point now) {
        for (;;) {
            const auto expected = plain_.pop_due(now);
            const auto due = queue_.pop_due(now);
            same_ = same_ && due.has_value() == expected.has_value();
            if (!due || !same_) {
                REQUIRE(same_);
                return;
            }
            same_ =
                due->id.sequence == offset_ + expected->first && due->deadline == expected->second;
            due_.push_back(expected->first);
        }
    }

    void fire_all() {
        for (std::size_t i = 0; i < due_.size(); ++i) {
            plain_.fire_next();
            queue_.fire_next();
        }
        due_.clear();
        REQUIRE(fired_ == plain_fired_);
        fired_.clear();
        plain_fired_.clear();
    }

    void compare() {
        REQUIRE(same_);
        REQUIRE(queue_.next_deadline() == plain_.next_deadline());
        REQUIRE(queue_.size() == plain_.size());
        REQUIRE(queue_.keys() <= 2 * queue_.size() + 64);
    }

    std::uint64_t count() const { return count_; }
    const std::vector<std::uint64_t>& due() const { return due_; }

private:
    void run(std::uint64_t number) {
        fired_.push_back(number);
        same_ = !queue_.cancel(ids_[number - 1]) && same_; // who runs cannot be cancelled any more
    }

    TimerQueue queue_;
    testing::PlainTimerQueue plain_;
    bool same_ = true; ///< they have said the same until now
    std::uint64_t offset_;
    std::uint64_t count_ = 0;
    std::vector<TimerQueue::Id> ids_;
    std::vector<std::uint64_t> due_;
    std::vector<std::uint64_t> fired_;
    std::vector<std::uint64_t> plain_fired_;
};

void compare_in(const World& world, unsigned seed, std::uint64_t last_sequence) {
    INFO("world ", std::string(world.name), ", seed ", seed);
    std::mt19937_64 random(seed);
    const auto below = [&](std::uint64_t limit) { return limit == 0 ? 0 : random() % limit; };
    Twins twins(last_sequence);
    time_point now{};
    for (int step = 0; step < world.steps; ++step) {
        for (auto left = below(world.most_at_once + 1); left > 0; --left) {
            const auto grains = below(static_cast<std::uint64_t>(world.spread / world.grain + 1));
            const bool frame = below(8) == 0;
            twins.push(now + world.grain * duration(grains), frame ? TimerQueue::after_timers : 0);
            if (below(100) < world.cancel_percent) {
                twins.cancel(1 + below(twins.count()));
            }
        }
        if (below(2) == 0) { // not each time: asking for the first deadline may make order
            twins.compare();
        }
        now += duration(below(static_cast<std::uint64_t>(world.step + 1)));
        twins.collect(now);
        if (!twins.due().empty() && below(2) == 0) { // between the deadline and the turn
            twins.cancel(twins.due()[below(twins.due().size())]);
        }
        if (below(4) == 0) { // a late comer, before those that are due have run
            twins.push(now - duration(below(10)), 0);
        }
        twins.fire_all();
    }
    twins.collect(end_of_time);
    twins.fire_all();
    twins.compare();
}

constexpr World worlds[] = {
    {"a few, often equal", 3, 50, 10, 20, 30, 2'000},
    {"near and many", 4'000, 2'000, 1, 1'500, 30, 40},
    {"near and far", 3'000, 1'000'000'000, 1, 100'000'000, 40, 40},
    {"thousands with one deadline", 6'000, 20, 20, 7, 30, 30},
    {"nearly all cancelled", 3'000, 60'000'000'000, 1'000, 10'000'000, 98, 40},
    {"up to the end of time", 2'500, longest_delay.count(), 1, longest_delay.count() / 60, 20, 30},
};

} // namespace

TEST_CASE(
    "timers fire by deadline and age, as in a plain heap, whatever comes late or is cancelled") {
    for (const World& world : worlds) {
        for (unsigned seed = 1; seed <= 3; ++seed) {
            compare_in(world, seed, 0);
        }
    }
}

TEST_CASE("a queue that has numbered a thousand million timers numbers on") {
    for (const World& world : worlds) {
        compare_in(world, 4, 3 * TimerSlots::stamps - 5'000);
    }
}

TEST_CASE(
    "no key of a cancelled timer is left when stamps begin again, so none is taken for alive") {
    TimerQueue queue(TimerSlots::stamps - 10);
    for (int i = 0; i < 8; ++i) {
        REQUIRE(queue.cancel(queue.push(time_point{1h}, [] {})));
    }
    CHECK(queue.keys() == 8);

    queue.push(time_point{1h}, [] {});
    queue.push(time_point{1h}, [] {}); // with the first stamp

    CHECK(queue.keys() == 2);
}

TEST_CASE("a timer can be cancelled between its deadline and its turn") {
    TimerQueue queue;
    bool fired = false;
    const auto id = queue.push(time_point{1ms}, [&] { fired = true; });

    const auto due = queue.pop_due(time_point{1ms});
    REQUIRE(due);
    CHECK(queue.cancel(id));
    queue.push(time_point{2ms}, [&] { fired = true; }); // it gets the slot
    queue.fire_next();

    CHECK_FALSE(fired);
    CHECK_FALSE(queue.cancel(id));
    CHECK(queue.size() == 1);
}

TEST_CASE("cancelled timers free what they captured at once, and their keys do not pile up") {
    const auto token = std::make_shared<int>(1);
    TimerQueue queue;
    queue.push(time_point{2h}, [] {});

    for (int i = 0; i < 100'000; ++i) {
        REQUIRE(queue.cancel(queue.push(time_point{1h}, [token] {})));
        REQUIRE(queue.keys() <= 2 + 64);
    }

    CHECK(token.use_count() == 1);
    CHECK(queue.size() == 1);
    CHECK(queue.next_deadline() == time_point{2h});
}

TEST_CASE("a timer's callback may set thousands of timers, and still has what it captured") {
    TimerQueue queue;
    int fired = 0;
    std::string told;
    queue.push(time_point{}, [&queue, &fired, &told, text = std::make_unique<std::string>("here")] {
        for (int i = 0; i < 5'000; ++i) {
            queue.push(time_point{1ms}, [&fired] { ++fired; });
        }
        told = *text;
    });

    for (const time_point now : {time_point{}, time_point{1ms}}) {
        int due = 0;
        while (queue.pop_due(now)) {
            ++due;
        }
        while (due-- > 0) {
            queue.fire_next();
        }
    }

    CHECK(told == "here");
    CHECK(fired == 5'000);
}

TEST_CASE("a timer whose callback throws is gone, and its slot is free") {
    TimerQueue queue;
    const auto token = std::make_shared<int>(1);
    const auto id = queue.push(time_point{}, [token] { throw std::runtime_error("from a timer"); });

    REQUIRE(queue.pop_due(time_point{}));
    CHECK_THROWS_AS(queue.fire_next(), std::runtime_error);

    CHECK(token.use_count() == 1);
    CHECK_FALSE(queue.cancel(id));
    CHECK(queue.push(time_point{}, [] {}).slot == id.slot);
}

TEST_CASE("a callable that cannot be copied into its slot leaves the queue as it was") {
    struct Refuses {
        Refuses() = default;
        Refuses(const Refuses&) { throw std::runtime_error("no copies"); }
        void operator()() const {}
    } const refuses;
    TimerQueue queue;

    CHECK_THROWS_AS(queue.push(time_point{1ms}, refuses), std::runtime_error);

    CHECK(queue.size() == 0);
    CHECK_FALSE(queue.next_deadline());
    CHECK(queue.push(time_point{1ms}, [] {}).sequence == 1);
}

TEST_CASE("captures that cancel other timers while they are destroyed do no harm") {
    TimerQueue queue;
    struct CancelsOther {
        TimerQueue* queue;
        TimerQueue::Id* other;
        CancelsOther(TimerQueue* q, TimerQueue::Id* o) : queue(q), other(o) {}
        CancelsOther(CancelsOther&& from) noexcept
            : queue(std::exchange(from.queue, nullptr)), other(from.other) {}
        ~CancelsOther() {
            if (queue != nullptr) {
                queue->cancel(*other);
            }
        }
        void operator()() const {}
    };
    TimerQueue::Id first{};
    TimerQueue::Id second{};
    first = queue.push(time_point{1s}, CancelsOther(&queue, &second));
    second = queue.push(time_point{2s}, CancelsOther(&queue, &first));
    queue.push(time_point{3s}, [] {});

    SUBCASE("when cancelled") {
        CHECK(queue.cancel(first));
        CHECK(queue.size() == 1);
        CHECK_FALSE(queue.cancel(second));
    }
    SUBCASE("when all are dropped") {
        queue.clear();
        CHECK(queue.size() == 0);
        CHECK(queue.keys() == 0);
    }
}
