// 02-scheduling/03 predict-late-timers: say when timers fire that fell into a block.
// Read lessons/02-scheduling first. Edit only this file. Check it:  ./lab check 02-3
//
// Read this program, lessons/02-scheduling/late_soon.cpp. Do not run it first.
//
//   Coro<> async_main() {
//     auto& loop = get_running_loop();
//     for (int d : {100, 200, 300}) {
//       loop.call_later(ms{d}, [d] { say("timer {}", d); });
//     }
//     loop.call_soon([] { say("soon"); });
//     say("blocking 250 ms");
//     block_for(250ms);
//     say("unblocked");
//     co_await sleep(100ms);
//     say("main done");
//   }
//
// Write the function that returns its transcript when the timers are set with the
// delays p.timers, in this order, the block lasts p.block and main sleeps for
// p.main_sleep after it. The delays are all different and in no particular order. The
// block may be longer than all of them, or shorter; it may also end at the very instant
// of one. No timer is due later than main's last line. The first case that is checked
// is the program as it stands, and it prints seven lines.
//
// A Sheet sorts its facts by time; facts of one instant stay in the order in which you
// stated them. std::to_string(d.count()) is the number of a delay d as a text.
//
// Rules you need: R5 (a turn), R6 (when time moves), R7 (ties), R8 (delays are
// minimums).
#include <ex.hpp>

struct P {
    std::vector<ms> timers;
    ms block;
    ms main_sleep;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, "blocking " + std::to_string(p.block.count()) + " ms");
    // TODO(1): when does main go on, who waits for the hands then, and in which order?
    // TODO(2): when does a timer fire that becomes due in the block, and when any
    // other?
    // TODO(3): when does main's sleep begin, and who goes first if two end together?
    return s.transcript();
}
