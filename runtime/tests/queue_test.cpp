// queue_test.cpp: the three queues: orders, limits, errors, and equality with a simple model.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <list>
#include <memory>
#include <random>

using namespace aio;
using aio::testing::Log;
using aio::testing::VirtualWorld;

namespace {

Coro<> gets(VirtualWorld& w, Queue<int> queue, std::string name) {
    try {
        const int item = co_await queue.get();
        w.note(name + " " + std::to_string(item));
    } catch (const CancelledError&) {
        w.note(name + " cancelled");
        throw;
    }
}

Coro<> puts(VirtualWorld& w, Queue<int> queue, std::string name, int item) {
    try {
        co_await queue.put(item);
        w.note(name + " put");
    } catch (const CancelledError&) {
        w.note(name + " cancelled");
        throw;
    }
}

} // namespace

TEST_CASE("items go to getters in the order in which they asked") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Queue<int> queue;
        const auto a = create_task(gets(w, queue, "a"));
        const auto b = create_task(gets(w, queue, "b"));
        co_await sleep(0ms);
        queue.put_nowait(1);
        queue.put_nowait(2);
        co_await gather(a, b);
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 a 1", "0 b 2"});
}

TEST_CASE("a queue of one place couples who puts with who gets") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Queue<int> queue(1);
        const auto producer = [](VirtualWorld& v, Queue<int> q) -> Coro<> {
            for (int i = 0; i < 4; ++i) {
                co_await q.put(i);
                v.note("put " + std::to_string(i));
            }
        };
        const auto consumer = [](VirtualWorld& v, Queue<int> q) -> Coro<> {
            for (int i = 0; i < 4; ++i) {
                const int item = co_await q.get();
                v.note("got " + std::to_string(item));
                co_await sleep(10ms);
            }
        };
        co_await gather(producer(w, queue), consumer(w, queue));
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 put 0", "0 got 0", "0 put 1", "10 got 1", "10 put 2", "20 got 2",
                           "20 put 3", "30 got 3"});
}

TEST_CASE("a getter that is woken and finds nothing waits again, at the end of the line") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Queue<int> queue;
        const auto a = create_task(gets(w, queue, "a"));
        const auto b = create_task(gets(w, queue, "b"));
        co_await sleep(0ms);
        queue.put_nowait(1);
        w.note("main " + std::to_string(queue.get_nowait())); // a was woken, and comes too late
        co_await sleep(1ms);
        queue.put_nowait(2);
        queue.put_nowait(3);
        co_await gather(a, b);
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 main 1", "1 b 2", "1 a 3"});
}

TEST_CASE("a getter that is cancelled after it was woken wakes the next") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Queue<int> queue;
        const auto a = create_task(gets(w, queue, "a"));
        const auto b = create_task(gets(w, queue, "b"));
        co_await sleep(1ms);
        queue.put_nowait(1);
        a.cancel();
        co_await b;
    };
    world.run(main(world));

    CHECK(world.log == Log{"1 a cancelled", "1 b 1"});
}

TEST_CASE("a putter that is cancelled after it was woken wakes the next") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Queue<int> queue(1);
        queue.put_nowait(1);
        const auto p = create_task(puts(w, queue, "p", 2));
        const auto r = create_task(puts(w, queue, "r", 3));
        co_await sleep(0ms);
        CHECK(queue.get_nowait() == 1);
        p.cancel();
        co_await gather_settled(p, r);
        CHECK(queue.get_nowait() == 3);
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 p cancelled", "0 r put"});
}

TEST_CASE("a cancelled getter takes no item, whenever the cancel comes") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Queue<int> queue;
        const auto before = create_task(gets(w, queue, "before"));
        co_await sleep(0ms);
        before.cancel();
        queue.put_nowait(1);
        co_await gather_settled(before);
        CHECK(queue.qsize() == 1);
        CHECK(queue.get_nowait() == 1);
        const auto after = create_task(gets(w, queue, "after"));
        co_await sleep(0ms);
        queue.put_nowait(2);
        after.cancel();
        co_await gather_settled(after);
        CHECK(queue.qsize() == 1);
    };
    world.run(main(world));
}

TEST_CASE("join waits until the work on every item is over") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Queue<int> queue;
        co_await queue.join(); // nothing was put: no wait
        queue.put_nowait(1);
        queue.put_nowait(2);
        const auto worker = [](VirtualWorld& v, Queue<int> q) -> Coro<> {
            for (;;) {
                const int item = co_await q.get();
                co_await sleep(10ms);
                v.note("done " + std::to_string(item));
                q.task_done();
            }
        };
        create_task(worker(w, queue));
        w.note("joining");
        co_await queue.join();
        w.note("joined");
        CHECK_THROWS_WITH_AS(queue.task_done(), "task_done() was called too many times",
                             ValueError);
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 joining", "10 done 1", "20 done 2", "20 joined"});
}

TEST_CASE("a queue says when it is full and when it is empty") {
    Queue<int> queue(2);

    CHECK(queue.empty());
    CHECK_THROWS_WITH_AS(queue.get_nowait(), "the queue is empty", QueueEmpty);
    queue.put_nowait(1);
    queue.put_nowait(2);
    CHECK(queue.full());
    CHECK(queue.qsize() == 2);
    CHECK(queue.maxsize() == 2);
    CHECK_THROWS_WITH_AS(queue.put_nowait(3), "the queue is full", QueueFull);
    CHECK(queue.get_nowait() == 1);
    CHECK_FALSE(Queue<int>().full());
}

TEST_CASE("a queue carries what cannot be copied") {
    VirtualWorld world;

    const auto main = []() -> Coro<> {
        Queue<std::unique_ptr<int>> queue;
        co_await queue.put(std::make_unique<int>(7));
        const auto item = co_await queue.get();
        CHECK(*item == 7);
    };
    world.run(main());
}

TEST_CASE("a deadlock report says at which end of which queue a task waits") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Queue<int> first(1);
        Queue<int> second;
        first.put_nowait(1);
        create_task(puts(w, first, "", 2), "P");
        create_task(gets(w, second, ""), "G");
        co_await first.join();
    };
    world.loop.create_task(main(world), "main");

    CHECK_THROWS_WITH_AS(world.loop.run_forever(),
                         "nothing can ever happen: no ready callback, no timer, no worker"
                         "; task 'main' waits for queue 1 join; task 'P' waits for queue 1 put"
                         "; task 'G' waits for queue 2 get",
                         DeadlockError);
}

TEST_CASE("run() ends workers whose queue has gone out of scope") {
    const aio::testing::DefaultVirtualClock world;
    const auto main = []() -> Coro<int> {
        Queue<int> queue;
        const auto worker = [](Queue<int>& q) -> Coro<> {
            for (;;) {
                co_await q.get();
            }
        };
        create_task(worker(queue));
        co_await sleep(1ms);
        co_return 1;
    };

    CHECK(run(main()) == 1);
}

TEST_CASE("a thousand getters are served in order") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Queue<int> queue;
        for (int i = 0; i < 1000; ++i) {
            create_task(gets(w, queue, std::to_string(i)));
        }
        co_await sleep(0ms);
        for (int i = 0; i < 1000; ++i) {
            queue.put_nowait(i);
        }
        co_await sleep(0ms);
    };
    world.run(main(world));

    CHECK(world.log.size() == 1000);
    CHECK(world.log.front() == "0 0 0");
    CHECK(world.log.back() == "0 999 999");
}

namespace {

/// A number with a rank: two of a rank are equal to a priority queue, and told apart by this test.
struct Ranked {
    int rank = 0;
    int number = 0;
    friend bool operator<(const Ranked& a, const Ranked& b) { return a.rank < b.rank; }
};

enum class Kind { queue, lifo, priority };

/// The model: a plain list, and who waits by name. It wakes nobody: it says what must come out.
std::list<Ranked>::iterator next_of(Kind kind, std::list<Ranked>& model) {
    switch (kind) {
    case Kind::queue:
        return model.begin();
    case Kind::lifo:
        return std::prev(model.end());
    case Kind::priority:
        return std::min_element(model.begin(), model.end()); // the first of the least
    }
    return model.end();
}

Queue<Ranked> make(Kind kind, std::size_t maxsize) {
    switch (kind) {
    case Kind::queue:
        return Queue<Ranked>(maxsize);
    case Kind::lifo:
        return LifoQueue<Ranked>(maxsize);
    case Kind::priority:
        return PriorityQueue<Ranked>(maxsize);
    }
    return Queue<Ranked>();
}

void compare_with_model(Kind kind, unsigned seed) {
    std::mt19937 random(seed);
    const std::size_t maxsize = random() % 5;
    const Queue<Ranked> queue = make(kind, maxsize);
    std::list<Ranked> model;
    std::size_t unfinished = 0;
    for (int step = 0; step < 300; ++step) {
        const bool full = maxsize > 0 && model.size() >= maxsize;
        REQUIRE(queue.qsize() == model.size());
        REQUIRE(queue.empty() == model.empty());
        REQUIRE(queue.full() == full);
        switch (random() % 5) {
        case 0:
        case 1: {
            const Ranked item{static_cast<int>(random() % 4), step};
            if (full) {
                REQUIRE_THROWS_AS(queue.put_nowait(item), QueueFull);
            } else {
                queue.put_nowait(item);
                model.push_back(item);
                ++unfinished;
            }
            break;
        }
        case 2:
        case 3:
            if (model.empty()) {
                REQUIRE_THROWS_AS(queue.get_nowait(), QueueEmpty);
            } else {
                const auto expected = next_of(kind, model);
                REQUIRE(queue.get_nowait().number == expected->number);
                model.erase(expected);
            }
            break;
        default:
            if (unfinished == 0) {
                REQUIRE_THROWS_AS(queue.task_done(), ValueError);
            } else {
                queue.task_done();
                --unfinished;
            }
        }
    }
}

/// Tasks that put and get, and others that cancel them, for a while. Returns: nothing is lost,
/// nothing comes twice, and nobody waits where there is something to take.
Coro<> crowd(Kind kind, unsigned seed) {
    std::mt19937 random(seed);
    const Queue<Ranked> queue = make(kind, 1 + random() % 3);
    auto put = std::make_shared<std::vector<int>>();
    auto got = std::make_shared<std::vector<int>>();
    const auto putter = [](Queue<Ranked> q, Ranked item,
                           std::shared_ptr<std::vector<int>> log) -> Coro<> {
        co_await q.put(item);
        log->push_back(item.number);
    };
    const auto getter = [](Queue<Ranked> q, std::shared_ptr<std::vector<int>> log) -> Coro<> {
        const Ranked item = co_await q.get();
        log->push_back(item.number);
    };
    std::vector<Task<void>> tasks;
    for (int step = 0; step < 200; ++step) {
        if (random() % 2 == 0) {
            const Ranked item{static_cast<int>(random() % 4), step};
            tasks.push_back(create_task(putter(queue, item, put)));
        } else {
            tasks.push_back(create_task(getter(queue, got)));
        }
        if (random() % 3 == 0) {
            tasks[random() % tasks.size()].cancel();
        }
        if (random() % 3 == 0) {
            co_await sleep(0ms);
        }
    }
    co_await sleep(1ms);
    std::size_t waiting = 0;
    for (const auto& task : tasks) {
        waiting += task.done() ? 0 : 1;
    }
    CHECK(put->size() == got->size() + queue.qsize());
    if (waiting > 0) { // all at one end, or nobody could wait
        CHECK((queue.empty() || queue.full()));
    }
    while (!queue.empty()) {
        got->push_back(queue.get_nowait().number);
        co_await sleep(1ms);
    }
    std::sort(put->begin(), put->end());
    std::sort(got->begin(), got->end());
    CHECK(*put == *got);
    for (const auto& task : tasks) {
        task.cancel();
    }
    co_await sleep(0ms);
}

} // namespace

TEST_CASE("the three queues do what a plain list does") {
    for (const Kind kind : {Kind::queue, Kind::lifo, Kind::priority}) {
        for (unsigned seed = 0; seed < 50; ++seed) {
            CAPTURE(seed);
            compare_with_model(kind, seed);
        }
    }
}

TEST_CASE("a crowd that puts, gets and is cancelled loses nothing and forgets nobody") {
    for (const Kind kind : {Kind::queue, Kind::lifo, Kind::priority}) {
        for (unsigned seed = 0; seed < 30; ++seed) {
            CAPTURE(seed);
            VirtualWorld world;
            world.run(crowd(kind, seed));
        }
    }
}
