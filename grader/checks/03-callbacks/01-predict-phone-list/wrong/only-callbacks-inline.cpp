// expect: wrong-order M19 — callbacks are called, tasks are queued
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    const auto told = [&p](const std::string& name) {
        return Line{0ms, name + ": " + std::to_string(p.value)};
    };
    const Line soon = {0ms, p.soon + ": soon"};
    Transcript lines = {{0ms, "before set"}};
    std::transform(p.early.begin(), p.early.end(), std::back_inserter(lines), told);
    lines.push_back({0ms, "after set"});
    if (p.value % 2 == 0) {
        lines.push_back(soon);
    }
    std::transform(p.waiters.begin(), p.waiters.end(), std::back_inserter(lines), told);
    if (p.value % 2 == 1) {
        lines.push_back(soon);
    }
    lines.push_back(told(p.late));
    lines.push_back({0ms, "all know"});
    return lines;
}
