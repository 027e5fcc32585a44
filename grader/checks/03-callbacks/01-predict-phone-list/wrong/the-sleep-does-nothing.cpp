// expect: wrong-order M03 — main does not wait in sleep(0), and the actors begin after set_result
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    std::vector<std::string> queue = p.waiters; // their first steps, which find the news there
    if (p.value % 2 == 0) {
        queue.push_back(p.soon);
    }
    queue.insert(queue.end(), p.early.begin(), p.early.end());
    if (p.value % 2 != 0) {
        queue.push_back(p.soon);
    }
    queue.push_back(p.late);
    Sheet s;
    s.at(0ms, "before set");
    s.at(0ms, "after set");
    for (const std::string& name : queue) {
        s.at(0ms, name + ": " + (name == p.soon ? "soon" : std::to_string(p.value)));
    }
    s.at(0ms, "all know");
    return s.transcript();
}
