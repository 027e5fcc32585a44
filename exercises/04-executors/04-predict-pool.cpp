// 04-executors/04 predict-pool: say when each job of a pool ends, and when all have.
// Read lessons/04-executors first. Edit only this file. Check it:  ./lab check 04-4
//
// Read this program, lessons/04-executors/pool_plan.cpp. Do not run it first.
//
//   Coro<> ticket(ThreadPool& pool, int number, ms submit_at, ms duration) {
//     co_await sleep(submit_at);
//     co_await get_running_loop().run_in_executor(&pool,
//                                                 [duration] { block_for(duration); });
//     say("job {} end", number);
//   }
//   Coro<> async_main() {
//     ThreadPool pool{2};
//     co_await gather(ticket(pool, 0, 0ms, 300ms), ticket(pool, 1, 0ms, 100ms),
//                     ticket(pool, 2, 0ms, 200ms), ticket(pool, 3, 100ms, 400ms),
//                     ticket(pool, 4, 350ms, 100ms));
//     say("all done");
//   }
//
// Write the function that returns its transcript when the pool has p.workers workers,
// from 1 to 4, and there are 3 to 9 tickets: ticket K hands its job in at
// p.submit_at[K], and the job takes p.duration[K]. The tickets are numbered in the
// order in which they hand in; several may do so at one instant. The first case that is
// checked is the program as it stands, and it prints six lines.
//
// A Sheet sorts its facts by time; facts of one instant stay in the order in which you
// stated them. std::to_string(k) is the number k as a text.
//
// Rules you need: R7 (ties), R9 (workers), R17 (gather starts its arguments from left
// to right).
#include <ex.hpp>

struct P {
    int workers;
    std::vector<ms> submit_at, duration;
};

Transcript predict(const P& p) {
    Sheet s;
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        ms end = p.submit_at[k];
        // TODO(1): when job k is the first in the queue at the hatch, which worker gets
        // it, and since when has that worker been free?
        // TODO(2): when does a job begin that finds every worker busy, and when one
        // that finds a worker free?
        s.at(end, "job " + std::to_string(k) + " end");
    }
    // TODO(3): which job decides when all are done?
    return s.transcript();
}
