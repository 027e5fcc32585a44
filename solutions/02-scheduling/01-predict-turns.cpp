// 02-scheduling/01 predict-turns, solved: one row of the table for each turn.
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
    // 1 turn 1 serves main and nobody else. Whatever it queues waits, and so does main
    //   itself: sleep(0) puts it to the back of the line.
    s.at(0ms, main_says[0]);

    // 2 turn 2 begins with one, two and main in the line, in that order; then the card
    //   that is due joins behind them, although it was filed before them (R5a).
    s.at(0ms, p.one);
    s.at(0ms, p.two);
    s.at(0ms, main_says[1]);
    if (!p.zero.empty()) {
        s.at(0ms, p.zero);
    }

    // 3 turn 3: three was queued while turn 2 ran, by one or by two, and in either case
    //   before main queued itself again. From here on main has the line to itself.
    s.at(0ms, p.three);
    for (int i = 2; i <= p.sleeps; ++i) {
        s.at(0ms, main_says[i]);
    }
    return s.transcript();
}
