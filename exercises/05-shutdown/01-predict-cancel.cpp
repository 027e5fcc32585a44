// 05-shutdown/01 predict-cancel: say what a program prints, and when.
// Read lessons/05-shutdown first. Edit only this file. Check it:  ./lab check 05-1
//
// Read this program. Do not run it first.
//
//   Coro<> async_main() {
//     say("NAME: starting");
//     co_await sleep(DELAY);
//     say("NAME: done");
//   }
//
// Write the function that returns its transcript for any p.name and p.delay. The first
// case that is checked has the name soup and a delay of 300 ms.
//
// Rules you need: R3 (awaiting), R6 (when time moves).
#include <ex.hpp>

struct P {
    std::string name;
    ms delay;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, p.name + ": starting");
    // TODO(1): which line is missing, and at what time is it said?
    return s.transcript();
}
