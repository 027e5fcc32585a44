// expect: wrong-order late-waits — who is added late is told in the turn after
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    const std::string news = ": " + std::to_string(p.value);
    const bool even = p.value % 2 == 0;
    Sheet s;
    s.at(0ms, "before set");
    s.at(0ms, "after set");
    if (even) {
        s.at(0ms, p.soon + ": soon");
    }
    s.at(0ms, p.early[0] + news);
    for (const std::string& who : p.waiters) {
        s.at(0ms, who + news);
    }
    for (std::size_t i = 1; i < p.early.size(); ++i) {
        s.at(0ms, p.early[i] + news);
    }
    if (!even) {
        s.at(0ms, p.soon + ": soon");
    }
    s.at(0ms, "all know");
    s.at(0ms, p.late + news);
    return s.transcript();
}
