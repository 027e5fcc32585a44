// 01-basics/01 predict-lifecycle, solved: both bars begin at 0.
#include <ex.hpp>

#include <algorithm>

struct P {
    std::string a, b;
    ms da, db;
};

Transcript predict(const P& p) {
    Sheet s;
    // 1 main keeps the hands until its first real wait. create_task only queues (R2),
    //   so both of main's lines come before any line of a task.
    s.at(0ms, "Main: creating tasks");
    s.at(0ms, "Main: waiting for tasks");
    s.at(0ms, p.a + ": starting");
    s.at(0ms, p.b + ": starting");

    // 2 both bars begin at 0, so a task is done at its own delay. The order of the
    //   awaits does not enter; the sheet sorts whichever is shorter to the front.
    s.at(p.da, p.a + ": done");
    s.at(p.db, p.b + ": done");

    // 3 main needs both, so the longer bar decides. It is stated last because the
    //   task's own line is said before its waiter is woken (R4).
    s.at(std::max(p.da, p.db), "Main: all done");
    return s.transcript();
}
