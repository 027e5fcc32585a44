// 02-scheduling/01 predict-turns: say who is served in which turn.
// Read lessons/02-scheduling first. Edit only this file. Check it:  ./lab check 02-1
//
// Read this program, lessons/02-scheduling/turns.cpp. Do not run it first.
//
//   Coro<> async_main() {
//     auto& loop = get_running_loop();
//     loop.call_later(0ms, [] { say("zero"); });
//     loop.call_soon([&loop] {
//       say("one");
//       loop.call_soon([] { say("three"); });
//     });
//     loop.call_soon([] { say("two"); });
//     say("main");
//     co_await sleep(0ms);
//     say("main again");
//     co_await sleep(0ms);
//     say("main third");
//   }
//
// Write the function that returns its transcript when the callbacks say p.one, p.two,
// p.three and p.zero, and main sleeps p.sleeps times, from 1 to 4. In some cases p.zero
// is empty: then there is no call_later, and no line of it. In some cases it is two
// that queues three, and not one; find out why nobody has to tell your function about
// that. What stands on the ready queue when main ends is still served. The first case
// that is checked is the program as it stands: two sleeps, and it prints seven lines.
//
// No time passes in this program, so a Sheet keeps the order in which you state the
// facts.
//
// Rules you need: R5 (a turn), R6 (when time moves).
#include <ex.hpp>

struct P {
    std::string one, two, three, zero;
    int sleeps;
};

// What main says, first without having slept, then after each of its sleeps.
const std::vector<std::string> main_says = {"main", "main again", "main third",
                                            "main fourth", "main fifth"};

Transcript predict(const P& p) {
    Sheet s;
    // TODO(1): who says something in the turn in which main begins?
    s.at(0ms, main_says[0]);
    // TODO(2): who stands in line when the second turn begins, and in which order?
    if (!p.zero.empty()) {
        s.at(0ms, p.zero);
    }
    // TODO(3): who has joined meanwhile and waits for the third turn, and who is last?
    return s.transcript();
}
