// timer_queue_test.cpp: the timer queue against a sorted list, with ties, cancels and late comers.
#include <aio/timer_queue.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

using namespace aio;

TEST_CASE(
    "timers fire by deadline, equal deadlines by age, whatever is cancelled or added on the way") {
    std::mt19937 random(7);
    TimerQueue queue;
    struct Timer {
        time_point deadline;
        int age;
        TimerQueue::Id id;
    };
    std::vector<Timer> model;
    std::vector<int> fired;
    std::vector<int> expected;
    time_point now{};

    for (int age = 0; age < 20'000; ++age) {
        const auto dice = random() % 10;
        if (dice < 6) {
            const time_point deadline = now + ms(random() % 50); // many ties
            model.push_back(
                {deadline, age, queue.push(deadline, [&fired, age] { fired.push_back(age); })});
        } else if (dice < 8 && !model.empty()) {
            const auto victim =
                model.begin() + static_cast<std::ptrdiff_t>(random() % model.size());
            REQUIRE(queue.cancel(victim->id));
            REQUIRE_FALSE(queue.cancel(victim->id));
            model.erase(victim);
        } else {
            now += ms(random() % 10);
            std::sort(model.begin(), model.end(), [](const Timer& a, const Timer& b) {
                return std::pair(a.deadline, a.age) < std::pair(b.deadline, b.age);
            });
            while (!model.empty() && model.front().deadline <= now) {
                expected.push_back(model.front().age);
                model.erase(model.begin());
            }
            while (const auto due = queue.pop_due(now)) {
                queue.fire(due->id)();
            }
        }
        REQUIRE(queue.size() == model.size());
    }

    CHECK(fired == expected);
}

TEST_CASE("a timer can be cancelled between its deadline and its turn") {
    TimerQueue queue;
    bool fired = false;
    const auto id = queue.push(time_point{1ms}, [&] { fired = true; });

    const auto due = queue.pop_due(time_point{1ms});
    REQUIRE(due);
    CHECK(queue.cancel(id));

    CHECK_FALSE(queue.fire(due->id));
    CHECK_FALSE(fired);
}

TEST_CASE("cancelled timers free what they captured at once, and their keys do not pile up") {
    const auto token = std::make_shared<int>(1);
    TimerQueue queue;

    for (int i = 0; i < 100'000; ++i) {
        REQUIRE(queue.cancel(queue.push(time_point{1h}, [token] {})));
    }

    CHECK(token.use_count() == 1);
    CHECK(queue.size() == 0);
    CHECK_FALSE(queue.next_deadline());
}
