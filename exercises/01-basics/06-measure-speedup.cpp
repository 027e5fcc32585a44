// 01-basics/06 measure-speedup: measure what waiting together saves.
// Read lessons/01-basics first. Edit only this file. Check it:  ./lab check 01-6
//
// Measure the performance difference between sequential and concurrent execution of 10
// simulated I/O tasks (each waits 0.2 s). Print the sequential time, the concurrent
// time and the speed-up factor. Your function gets the number of tasks and the delay:
// first run n tasks one after another, then n tasks together, then say all three lines.
//
// io_task(id, d) is given. It sleeps and returns its id. It is not always as quick as
// it promises, so measure: the factor is one time divided by the other. Some cases call
// your function twice, and the tasks of the second call are less quick. The loop's
// clock is read by
//   auto t0 = get_running_loop().time();
// and the seconds between two readings are
//   std::chrono::duration<double>(t1 - t0).count()
//
// With n = 10 and d = 200 ms the transcript must be
//   [ 2200] Sequential: 2.00s
//   [ 2200] Concurrent: 0.20s
//   [ 2200] Speedup: 10.0x
//
// Rules you need: R2 (tasks), R3 (awaiting), R6 (when time moves).
#include <aio/lab.hpp>
using namespace aio;

Coro<int> io_task(int id, ms d); // given: co_await sleep(d); co_return id;

/// Says how long n tasks take one after another, how long together, and the quotient.
Coro<> compare(int n, ms d) {
    double sequential = 0;
    double concurrent = 0;

    // TODO(1): which two readings of the clock does this loop need around it?
    for (int id = 0; id < n; ++id) {
        co_await io_task(id, d);
    }

    // TODO(2): how do n tasks wait together, and when is the second reading taken?
    // TODO(3): which of the two times is divided by the other?
    say("Sequential: {:.2f}s", sequential);
    say("Concurrent: {:.2f}s", concurrent);
    say("Speedup: {:.1f}x", 1.0);
}
