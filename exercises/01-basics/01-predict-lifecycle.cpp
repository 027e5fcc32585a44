// 01-basics/01 predict-lifecycle: say what two tasks and their main print, and when.
// Read lessons/01-basics first. Edit only this file. Check it:  ./lab check 01-1
//
// Read this program, lessons/01-basics/lifecycle.cpp. Do not run it first.
//
//   Coro<std::string> task(std::string name, ms delay) {
//     say("{}: starting", name);
//     co_await sleep(delay);
//     say("{}: done", name);
//     co_return name;
//   }
//   Coro<> async_main() {
//     say("Main: creating tasks");
//     auto a = create_task(task("A", 2s));
//     auto b = create_task(task("B", 1s));
//     say("Main: waiting for tasks");
//     co_await a;
//     co_await b;
//     say("Main: all done");
//   }
//
// Write the function that returns its transcript when the first task is called p.a and
// sleeps for p.da, and the second is called p.b and sleeps for p.db. The two delays are
// always different; either may be the longer one. The first case that is checked is the
// program as it stands: A sleeps for 2000 ms, B for 1000 ms, and it prints seven lines.
//
// A Sheet takes facts in any order and sorts them by time; facts of one instant stay in
// the order in which you stated them. One fact is one line with its time:
//   s.at(0ms, "Main: creating tasks");   stands for   [    0] Main: creating tasks
//
// Rules you need: R2 (tasks start later), R3 (awaiting), R6 (when time moves).
#include <ex.hpp>

struct P {
    std::string a, b;
    ms da, db;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, "Main: creating tasks");
    // TODO(1): who has the hands next, and what is said at 0, in which order?
    // TODO(2): at what time is each task done? The first one is here as an example.
    s.at(p.da, p.a + ": done");
    // TODO(3): when has main waited long enough for its last line?
    return s.transcript();
}
