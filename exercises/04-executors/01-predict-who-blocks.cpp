// 04-executors/01 predict-who-blocks: say which lines are late when somebody blocks.
// Read lessons/04-executors first. Edit only this file. Check it:  ./lab check 04-1
//
// Read this program, lessons/04-executors/who_blocks.cpp. Do not run it first.
//
//   Coro<> claim(Future<void> job) {
//     co_await job;
//     say("pool done");
//   }
//   Coro<> heartbeat() {
//     for (int i = 0; i < 3; ++i) {
//       say("beat {}", i);
//       co_await sleep(100ms);
//     }
//   }
//   Coro<> sleeper() {
//     co_await sleep(250ms);
//     say("sleep done");
//   }
//   Coro<> blocker() {
//     block_for(300ms);
//     say("block done");
//     co_return;
//   }
//   Coro<> async_main() {
//     auto job = get_running_loop().run_in_executor(nullptr, [] { block_for(200ms); });
//     auto c = create_task(claim(job));
//     auto h = create_task(heartbeat());
//     auto s = create_task(sleeper());
//     auto b = create_task(blocker());
//     co_await c;
//     co_await h;
//     co_await s;
//     co_await b;
//   }
//
// Write the function that returns its transcript when there are p.beats beats, three or
// more, with sleeps of p.beat between them, the sleeper sleeps for p.d_sleep, the
// blocker blocks for p.d_block, and the job in the pool blocks for p.d_pool. If
// p.block_first is true, main creates the blocker just before the heartbeat; else it
// comes last, as above. Any of the delays may be the longest, and the job may end at
// the very instant of another line. The sleep may end at the instant of a later beat,
// but p.d_sleep and p.beat are never equal. The first case that is checked is the
// program as it stands, and it prints six lines.
//
// A Sheet sorts its facts by time; facts of one instant stay in the order in which you
// stated them. std::to_string(i) is the number i as a text.
//
// Rules you need: R5 (a turn), R6 (when time moves), R7 (ties), R8 (delays are
// minimums), R9 (workers).
#include <ex.hpp>

struct P {
    ms beat;
    int beats;
    ms d_sleep, d_block, d_pool;
    bool block_first;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(p.d_block, "block done");
    // TODO(1): when do the heartbeat and the sleeper take their first steps?
    // TODO(2): in which lane does the job run, and in which is its line said, and when?
    // TODO(3): who is due while the loop's lane is busy, and in which order are they
    // served? From when does the next beat count its sleep?
    return s.transcript();
}
