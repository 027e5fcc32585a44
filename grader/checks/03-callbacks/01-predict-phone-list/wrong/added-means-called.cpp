// expect: wrong-order called-when-added — add_done_callback calls what it gets
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
    s.at(0ms, p.early[0] + news);
    for (std::size_t i = 1; i < p.early.size(); ++i) {
        s.at(0ms, p.early[i] + news);
    }
    s.at(0ms, "before set");
    s.at(0ms, p.late + news);
    s.at(0ms, "after set");
    if (even) {
        s.at(0ms, p.soon + ": soon");
    }
    for (const std::string& who : p.waiters) {
        s.at(0ms, who + news);
    }
    if (!even) {
        s.at(0ms, p.soon + ": soon");
    }
    s.at(0ms, "all know");
    return s.transcript();
}
