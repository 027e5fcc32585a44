// 03-callbacks/01 predict-phone-list, solved: one ready queue, filled line by line.
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    const auto hears = [&](const std::string& name) {
        return name + ": " + std::to_string(p.value);
    };
    Sheet s;
    // 1 main keeps the hands from "before set" to its first await of a task. Whatever
    //   it does in between appends to the ready queue and runs nothing (R4).
    s.at(0ms, "before set");
    s.at(0ms, "after set");

    // 2 the ready queue, in the order in which main appends. A call_soon that stands
    //   before set_result is ahead of everybody on the list.
    const bool soon_first = p.value % 2 == 0;
    if (soon_first) {
        s.at(0ms, p.soon + ": soon");
    }

    // 3 set_result appends the list, as it was registered. The actors were created
    //   first, but a task registers when it runs up to its await (R2), which is during
    //   main's sleep: behind the first callback and before all others.
    s.at(0ms, hears(p.early[0]));
    for (const std::string& name : p.waiters) {
        s.at(0ms, hears(name));
    }
    for (std::size_t i = 1; i < p.early.size(); ++i) {
        s.at(0ms, hears(p.early[i]));
    }

    // 4 for a future that is done, adding a callback means queueing it: the late one
    //   stands behind all who were queued before, and ahead of nobody.
    if (!soon_first) {
        s.at(0ms, p.soon + ": soon");
    }
    s.at(0ms, hears(p.late));

    // 5 an actor that ends puts main on the ready queue: in the next turn.
    s.at(0ms, "all know");
    return s.transcript();
}
