// expect: wrong-order M19-late — the late one is told before anybody else, right after main
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    std::vector<std::string> queue = {p.late, p.early.front()};
    queue.insert(queue.end(), p.waiters.begin(), p.waiters.end());
    queue.insert(queue.end(), p.early.begin() + 1, p.early.end());
    Transcript lines = {{0ms, "before set"}, {0ms, "after set"}};
    for (const std::string& name : queue) {
        lines.push_back({0ms, name + ": " + std::to_string(p.value)});
    }
    const Line soon = {0ms, p.soon + ": soon"};
    lines.insert(p.value % 2 == 0 ? lines.begin() + 2 : lines.end(), soon);
    lines.push_back({0ms, "all know"});
    return lines;
}
