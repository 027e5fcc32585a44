// 05-shutdown/01 predict-cancel: say when a worker hears of its cancel, and is gone.
// Read lessons/05-shutdown first. Edit only this file. Check it:  ./lab check 05-1
//
// Read this program, lessons/05-shutdown/twin.cpp. Do not run it first.
//
//   Coro<> work(std::string name, ms period, ms cleanup) {
//     try {
//       for (;;) {
//         say("{}: working", name);
//         co_await sleep(period);
//       }
//     } catch (const CancelledError&) {
//       say("{}: cancelled", name);
//     }
//     co_await sleep(cleanup);
//     say("{}: clean", name);
//     throw CancelledError{};
//   }
//   Coro<> async_main() {
//     co_await sleep(1s);
//     say("Later");
//     auto worker = create_task(work("chef", 1s, 200ms));
//     auto twin = create_task(work("twin", 1s, 200ms));
//     twin.cancel();                                         // (*)
//     co_await sleep(5s);
//     worker.cancel();
//     twin.cancel();
//     say("cancel requested");
//     co_await gather_settled(worker, twin);
//     say("all gone");
//   }
//
// gather_settled waits for all, however they end; main stays until both have cleaned
// up. To cancel a task that has ended does nothing.
//
// Write the function that returns its transcript when main first sleeps for p.start and
// then for p.until_cancel, the worker is called p.name, and both tasks work with
// p.period and p.cleanup. The line marked (*) is only there if p.twin_cancelled_at_once
// is true. The first case that is checked is the program as it stands, and it prints
// ten lines.
//
// A Sheet sorts its facts by time; facts of one instant stay in the order in which you
// stated them.
//
// Rules you need: R2 (tasks start later), R4 (completion), R7 (ties), R10 (cancel).
#include <ex.hpp>

struct P {
    std::string name;
    ms start, period, until_cancel, cleanup;
    bool twin_cancelled_at_once;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(p.start, "Later");
    // TODO(1): at which times is the worker working, and which of them is the last?
    s.at(p.start, p.name + ": working");
    // TODO(2): main cancels. Who has the hands then, and what is said in which order?
    // TODO(3): when is the worker clean, and what is main doing until then?
    // TODO(4): which lines are the twin's, with (*) and without?
    return s.transcript();
}
