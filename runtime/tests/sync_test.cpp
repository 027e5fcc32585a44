// sync_test.cpp: events, locks, semaphores, conditions and barriers: who passes, and in which
// order.
//
// Orders are those of CPython 3.11; the cases that Python's own tests and the conformance scenarios
// share are written out here with times.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

using namespace aio;
using aio::testing::Log;
using aio::testing::RecordingTracer;
using aio::testing::VirtualWorld;

namespace {

template <class Held> Coro<> uses(VirtualWorld& w, Held held, std::string name, ms span) {
    w.note(name + " wants");
    const auto guard = co_await held.scoped();
    w.note(name + " has");
    co_await sleep(span);
    w.note(name + " leaves");
}

template <class Held> Coro<> takes(VirtualWorld& w, Held held, std::string name) {
    try {
        co_await held.acquire();
        w.note(name);
    } catch (const CancelledError&) {
        w.note(name + " cancelled");
        throw;
    }
}

Coro<> passes(VirtualWorld& w, Event event, std::string name) {
    co_await event.wait();
    w.note(name);
}

Coro<> waits_at(VirtualWorld& w, Condition condition, std::string name, ms span) {
    const auto held = co_await condition.scoped();
    w.note(name + " waits");
    co_await condition.wait();
    w.note(name + " goes");
    co_await sleep(span);
    w.note(name + " out");
}

Coro<> meets(VirtualWorld& w, Barrier barrier, std::string name, ms after) {
    co_await sleep(after);
    try {
        const int index = co_await barrier.wait();
        w.note(name + " " + std::to_string(index));
    } catch (const BrokenBarrierError&) {
        w.note(name + " broken");
    }
}

Coro<> turns(int count) {
    for (int i = 0; i < count; ++i) {
        co_await sleep(0ms);
    }
}

} // namespace

TEST_CASE("an event wakes all who wait, in the order in which they came") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Event event;
        create_task(passes(w, event, "a"));
        create_task(passes(w, event, "b"));
        co_await sleep(10ms);
        event.set();
        event.clear(); // they go on all the same
        w.note("set");
        co_await sleep(0ms);
        w.note("main");
        event.set();
        co_await event.wait(); // no turn
        w.note(event.is_set() ? "set still" : "cleared");
    };
    world.run(main(world));

    CHECK(world.log == Log{"10 set", "10 a", "10 b", "10 main", "10 set still"});
}

TEST_CASE("a cancelled waiter of an event leaves, and the others are woken") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Event event;
        const auto a = create_task(passes(w, event, "a"));
        create_task(passes(w, event, "b"));
        co_await sleep(1ms);
        a.cancel();
        event.set();
        co_await turns(2);
        CHECK(a.cancelled());
    };
    world.run(main(world));

    CHECK(world.log == Log{"1 b"});
}

TEST_CASE("a lock is handed on in the order of asking") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Lock lock;
        co_await gather(uses(w, lock, "a", 10ms), uses(w, lock, "b", 10ms),
                        uses(w, lock, "c", 10ms));
        CHECK_FALSE(lock.locked());
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 a wants", "0 a has", "0 b wants", "0 c wants", "10 a leaves",
                           "10 b has", "20 b leaves", "20 c has", "30 c leaves"});
}

TEST_CASE("a newcomer does not take a free lock from one who was woken for it") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Lock lock;
        co_await lock.acquire();
        const auto first = create_task(takes(w, lock, "first"));
        co_await sleep(0ms);
        lock.release();
        CHECK_FALSE(lock.locked()); // free, but promised
        const auto newcomer = create_task(takes(w, lock, "main"));
        co_await first;
        w.note("first has run");
        lock.release();
        co_await newcomer;
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 first", "0 first has run", "0 main"});
}

TEST_CASE("one who barges in the same step waits at the end of the line") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Lock lock;
        co_await lock.acquire();
        create_task(uses(w, lock, "b", 0ms));
        co_await sleep(0ms);
        lock.release();
        co_await lock.acquire();
        w.note("main again");
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 b wants", "0 b has", "0 b leaves", "0 main again"});
}

TEST_CASE("a waiter that is cancelled after it was woken wakes the next") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Lock lock;
        co_await lock.acquire();
        const auto a = create_task(takes(w, lock, "a"));
        const auto b = create_task(takes(w, lock, "b"));
        co_await sleep(1ms);
        lock.release(); // wakes a
        a.cancel();
        co_await b;
        CHECK(lock.locked());
    };
    world.run(main(world));

    CHECK(world.log == Log{"1 a cancelled", "1 b"});
}

TEST_CASE("a waiter that is cancelled just before the release leaves the lock free") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Lock lock;
        co_await lock.acquire();
        const auto a = create_task(takes(w, lock, "a"));
        co_await sleep(0ms);
        a.cancel();
        lock.release();
        co_await gather_settled(a);
        CHECK_FALSE(lock.locked());
        co_await takes(w, lock, "main");
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 a cancelled", "0 main"});
}

TEST_CASE("a cancelled waiter that has not run yet keeps nobody from a free lock") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Lock lock;
        co_await lock.acquire();
        const auto a = create_task(takes(w, lock, "a"));
        co_await sleep(0ms);
        a.cancel();
        lock.release();
        co_await takes(w, lock, "main"); // no turn
        co_await gather_settled(a);
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 main", "0 a cancelled"});
}

TEST_CASE("a lock is passed on by the cancelled waiter itself, when it runs") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Lock lock;
        co_await lock.acquire();
        const auto a = create_task(takes(w, lock, "a"));
        const auto b = create_task(takes(w, lock, "b"));
        co_await sleep(0ms);
        a.cancel();
        lock.release(); // the first in line is a, so b is not woken yet
        co_await sleep(0ms);
        w.note("main");
        co_await b;
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 a cancelled", "0 main", "0 b"});
}

TEST_CASE("a scope gives the lock back when it ends by an error, or earlier by hand") {
    VirtualWorld world;

    const auto main = []() -> Coro<> {
        Lock lock;
        try {
            const auto held = co_await lock.scoped();
            CHECK(lock.locked());
            throw Error("out");
        } catch (const Error&) {
            CHECK_FALSE(lock.locked());
        }
        auto held = co_await lock.scoped();
        held.release();
        held.release(); // holds nothing any more
        CHECK_FALSE(lock.locked());
        CHECK_THROWS_WITH_AS(lock.release(), "the lock is not acquired", Error);
        const auto late = create_task(wait_for(lock.scoped(), 1s));
        {
            const auto result = co_await late; // the scope came through a task
            CHECK(lock.locked());
        }
        CHECK_FALSE(lock.locked());
    };
    world.run(main());
}

TEST_CASE("a wait_for that is late leaves the lock to the next") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Lock lock;
        create_task(uses(w, lock, "a", 30ms));
        co_await sleep(1ms);
        try {
            co_await wait_for(lock.acquire(), 10ms);
        } catch (const TimeoutError&) {
            w.note("late");
        }
        co_await lock.acquire();
        w.note("main");
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 a wants", "0 a has", "11 late", "30 a leaves", "30 main"});
}

TEST_CASE("two at a time pass a semaphore of two, first come first served") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Semaphore two(2);
        co_await gather(uses(w, two, "0", 10ms), uses(w, two, "1", 15ms), uses(w, two, "2", 20ms),
                        uses(w, two, "3", 25ms), uses(w, two, "4", 30ms));
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 0 wants", "0 0 has", "0 1 wants", "0 1 has", "0 2 wants", "0 3 wants",
                           "0 4 wants", "10 0 leaves", "10 2 has", "15 1 leaves", "15 3 has",
                           "30 2 leaves", "30 4 has", "40 3 leaves", "60 4 leaves"});
}

TEST_CASE("releases, sleepers and newcomers of a semaphore keep the order of arrival") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Semaphore gate(0);
        const auto visit = [](VirtualWorld& v, Semaphore s, std::string name) -> Coro<> {
            co_await s.acquire();
            v.note(name + " 1");
            co_await sleep(0ms);
            v.note(name + " 2");
        };
        const auto a = create_task(visit(w, gate, "a"));
        const auto b = create_task(visit(w, gate, "b"));
        const auto c = create_task(visit(w, gate, "c"));
        co_await sleep(0ms);
        gate.release();
        const auto d = create_task(visit(w, gate, "d"));
        gate.release();
        co_await turns(4);
        gate.release();
        gate.release();
        co_await gather(a, b, c, d);
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 a 1", "0 b 1", "0 a 2", "0 b 2", "0 c 1", "0 d 1", "0 c 2", "0 d 2"});
}

TEST_CASE("a newcomer takes no permit before those who were handed theirs have run") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Semaphore gate(0);
        const auto a = create_task(takes(w, gate, "a"));
        co_await sleep(0ms);
        gate.release(); // for a
        gate.release(); // one is left
        CHECK(gate.locked());
        co_await takes(w, gate, "main"); // a wakes it
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 a", "0 main"});
}

TEST_CASE("a permit that comes to a cancelled waiter goes to the next") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Semaphore one(1);
        co_await one.acquire();
        const auto a = create_task(takes(w, one, "a"));
        const auto b = create_task(takes(w, one, "b"));
        const auto c = create_task(takes(w, one, "c"));
        co_await sleep(1ms);
        b.cancel(); // before the permit
        one.release();
        CHECK(one.locked());
        a.cancel(); // after it
        co_await c;
        CHECK(one.locked());
        one.release();
        CHECK_FALSE(one.locked());
    };
    world.run(main(world));

    CHECK(world.log == Log{"1 b cancelled", "1 a cancelled", "1 c"});
}

TEST_CASE("a semaphore may grow, a bounded one may not, and none begins below zero") {
    VirtualWorld world;

    const auto main = []() -> Coro<> {
        Semaphore grows(2);
        grows.release();
        for (int i = 0; i < 3; ++i) {
            CHECK_FALSE(grows.locked());
            co_await grows.acquire();
        }
        CHECK(grows.locked());
        BoundedSemaphore bounded(1);
        CHECK_THROWS_AS(bounded.release(), ValueError);
        co_await bounded.acquire();
        bounded.release();
        const Semaphore seen_as_plain = bounded;
        CHECK_THROWS_AS(seen_as_plain.release(), ValueError);
        CHECK_THROWS_AS(Semaphore(-1), ValueError);
    };
    world.run(main());
}

TEST_CASE("all who are notified wake, but one at a time has the lock") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Condition condition;
        const auto a = create_task(waits_at(w, condition, "a", 10ms));
        const auto b = create_task(waits_at(w, condition, "b", 10ms));
        const auto c = create_task(waits_at(w, condition, "c", 10ms));
        co_await sleep(5ms);
        {
            const auto held = co_await condition.scoped();
            condition.notify(2);
            w.note("notified");
        }
        co_await gather(a, b);
        const auto held = co_await condition.scoped();
        condition.notify_all();
    };
    world.run(main(world));
    world.run_until_idle();

    CHECK(world.log == Log{"0 a waits", "0 b waits", "0 c waits", "5 notified", "5 a goes",
                           "15 a out", "15 b goes", "25 b out", "25 c goes", "35 c out"});
}

TEST_CASE("wait_for of a condition looks at the predicate each time that it is notified") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Lock lock;
        Condition changed(lock);
        int value = 0;
        const auto reader = [](VirtualWorld& v, Condition c, int& n) -> Coro<> {
            const auto held = co_await c.scoped();
            co_await c.wait_for([&] {
                v.note("looks at " + std::to_string(n));
                return n == 2;
            });
            v.note("done");
        };
        const auto task = create_task(reader(w, changed, value));
        for (int i = 0; i < 2; ++i) {
            co_await sleep(10ms);
            const auto held = co_await lock.scoped(); // the same lock
            ++value;
            changed.notify();
        }
        co_await task;
    };
    world.run(main(world));

    CHECK(world.log == Log{"0 looks at 0", "10 looks at 1", "20 looks at 2", "20 done"});
}

TEST_CASE("a cancelled waiter of a condition has the lock again before it is told") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Condition condition;
        const auto waiter = [](VirtualWorld& v, Condition c) -> Coro<> {
            const auto held = co_await c.scoped();
            try {
                co_await c.wait();
            } catch (const CancelledError& cancelled) {
                v.note("cancelled '" + cancelled.message() + "', locked " +
                       std::to_string(static_cast<int>(c.locked())));
                throw;
            }
        };
        const auto once = create_task(waiter(w, condition));
        const auto twice = create_task(waiter(w, condition));
        co_await sleep(1ms);
        {
            const auto held = co_await condition.scoped();
            once.cancel("once");
            twice.cancel("first");
            co_await sleep(10ms);
            twice.cancel("second"); // while it waits for the lock
            co_await sleep(10ms);
        }
        co_await gather_settled(once, twice);
        CHECK_FALSE(condition.locked());
    };
    world.run(main(world));

    CHECK(world.log == Log{"21 cancelled 'once', locked 1", "21 cancelled '', locked 1"});
}

TEST_CASE("a waiter cancelled after it was notified keeps the notification, as in Python 3.11") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Condition condition;
        const auto a = create_task(waits_at(w, condition, "a", 0ms));
        const auto b = create_task(waits_at(w, condition, "b", 0ms));
        co_await sleep(1ms);
        {
            const auto held = co_await condition.scoped();
            condition.notify();
            a.cancel();
        }
        co_await sleep(10ms);
        CHECK(a.cancelled());
        CHECK_FALSE(b.done());
        CHECK_FALSE(condition.locked()); // the lock itself was passed on
        b.cancel();
    };
    world.run(main(world));
}

TEST_CASE("a condition whose lock is free can neither be waited for nor notified nor released") {
    VirtualWorld world;

    const auto main = []() -> Coro<> {
        Condition condition;
        CHECK_THROWS_AS(condition.notify(), Error);
        CHECK_THROWS_AS(condition.notify_all(), Error);
        CHECK_THROWS_AS(condition.release(), Error);
        try {
            co_await condition.wait();
            FAIL("waited without the lock");
        } catch (const Error& error) {
            CHECK(std::string(error.what()) == "cannot wait on a lock that is not acquired");
        }
    };
    world.run(main());
}

TEST_CASE("a barrier lets a party go on when it is complete, and then the next") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Barrier barrier(2);
        CHECK(barrier.parties() == 2);
        create_task(meets(w, barrier, "a", 10ms));
        create_task(meets(w, barrier, "b", 20ms));
        create_task(meets(w, barrier, "c", 20ms));
        create_task(meets(w, barrier, "d", 30ms));
        co_await sleep(15ms);
        CHECK(barrier.n_waiting() == 1);
        co_await sleep(10ms);
        CHECK(barrier.n_waiting() == 1); // c, who came while a and b left
        co_await sleep(10ms);
        CHECK(barrier.n_waiting() == 0);
        CHECK_FALSE(barrier.broken());
    };
    world.run(main(world));

    CHECK(world.log == Log{"20 b 1", "20 a 0", "30 d 1", "30 c 0"});
}

TEST_CASE("a reset sends away who waits, an abort also who comes later") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Barrier barrier(3);
        create_task(meets(w, barrier, "a", 0ms));
        create_task(meets(w, barrier, "b", 0ms));
        co_await sleep(10ms);
        co_await barrier.reset();
        co_await sleep(10ms);
        CHECK_FALSE(barrier.broken());
        create_task(meets(w, barrier, "c", 0ms));
        co_await sleep(10ms);
        co_await barrier.abort();
        CHECK(barrier.broken());
        co_await meets(w, barrier, "d", 10ms);
        co_await barrier.reset();
        CHECK_FALSE(barrier.broken());
        CHECK_THROWS_AS(Barrier(0), ValueError);
    };
    world.run(main(world));

    CHECK(world.log == Log{"10 a broken", "10 b broken", "30 c broken", "40 d broken"});
}

TEST_CASE("a cancelled party member leaves its place at the barrier") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Barrier barrier(2);
        const auto a = create_task(meets(w, barrier, "a", 0ms));
        co_await sleep(5ms);
        a.cancel();
        create_task(meets(w, barrier, "b", 5ms));
        create_task(meets(w, barrier, "c", 10ms));
        co_await sleep(20ms);
        CHECK(a.cancelled());
    };
    world.run(main(world));

    CHECK(world.log == Log{"15 c 1", "15 b 0"});
}

TEST_CASE("a deadlock report names the lock, the semaphore, the event and the condition") {
    VirtualWorld world;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Lock unused;
        Lock lock;
        Condition condition;
        Semaphore none(0);
        co_await lock.acquire();
        create_task(takes(w, lock, ""), "A");
        create_task(takes(w, none, ""), "B");
        create_task(waits_at(w, condition, "", 0ms), "C");
        co_await Event().wait();
    };
    world.loop.create_task(main(world), "main");
    std::string report;
    try {
        world.loop.run_forever();
    } catch (const DeadlockError& deadlock) {
        report = deadlock.what();
    }

    CHECK(report == "nothing can ever happen: no ready callback, no timer, no worker"
                    "; task 'main' waits for event 1; task 'A' waits for lock 2"
                    "; task 'B' waits for semaphore 1; task 'C' waits for condition 1");
}

TEST_CASE("an object belongs to the loop in which a task first waited at it") {
    VirtualWorld first;
    VirtualWorld second;
    Lock lock; // made outside any loop
    const auto main = [](Lock shared) -> Coro<> {
        if (!shared.locked()) {
            co_await shared.acquire();
        }
        co_await wait_for(shared.acquire(), 1s);
    };

    CHECK_THROWS_AS(first.run(main(lock)), TimeoutError);

    CHECK_THROWS_WITH_AS(second.run(main(lock)), "lock 1 is bound to a different event loop",
                         Error);
}

TEST_CASE("run() ends tasks that wait at an object whose maker has ended") {
    const aio::testing::DefaultVirtualClock world;
    std::vector<std::string> log;
    const auto main = [](std::vector<std::string>& notes) -> Coro<> {
        Lock lock;
        Event event;
        const auto waiter = [](std::vector<std::string>& to, Lock& l, Event& e) -> Coro<> {
            try {
                co_await gather(l.acquire(), e.wait());
            } catch (const CancelledError&) {
                to.push_back("cancelled");
            }
        };
        co_await lock.acquire();
        create_task(waiter(notes, lock, event)); // by reference: what most would write
        co_await sleep(1ms);
    };
    run(main(log));

    CHECK(log == Log{"cancelled"});
}

TEST_CASE("closing a loop gives back what its tasks hold, though others wait for it") {
    const auto world = std::make_unique<VirtualWorld>();
    const auto main = [](Lock lock) -> Coro<> {
        const auto held = co_await lock.scoped();
        co_await Event().wait(); // for ever
    };
    Lock lock;
    world->loop.create_task(main(lock), "A");
    world->loop.create_task(main(lock), "B");
    world->run_until_idle();
    world->loop.close();

    CHECK_FALSE(lock.locked());
}

TEST_CASE("the trace tells who waits, who takes and who gives") {
    VirtualWorld world;
    const RecordingTracer tracer;

    const auto main = [](VirtualWorld& w) -> Coro<> {
        Lock lock;
        co_await gather(uses(w, lock, "a", 1ms), uses(w, lock, "b", 1ms));
        Semaphore two(2);
        co_await two.acquire();
        two.release();
        Event event;
        event.set();
        co_await event.wait();
    };
    world.run(main(world));

    std::string story;
    for (const std::string& line : tracer.lines) {
        if (line.starts_with("sync.")) {
            story += line + "\n";
        }
    }
    CHECK(story == "sync.take kind=lock id=1 value=1\n"
                   "sync.wait kind=lock id=1 value=1\n"
                   "sync.give kind=lock id=1 value=0\n"
                   "sync.take kind=lock id=1 value=1\n"
                   "sync.give kind=lock id=1 value=0\n"
                   "sync.take kind=semaphore id=1 value=1\n"
                   "sync.give kind=semaphore id=1 value=2\n"
                   "sync.give kind=event id=1 value=1\n"
                   "sync.take kind=event id=1 value=1\n");
}
