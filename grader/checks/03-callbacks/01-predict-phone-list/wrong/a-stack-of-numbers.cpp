// expect: wrong-order newest-first — the latest entry is taken from the top
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    std::vector<std::string> stack = {p.early[0]};
    stack.insert(stack.end(), p.waiters.begin(), p.waiters.end());
    stack.insert(stack.end(), p.early.begin() + 1, p.early.end());
    Sheet s;
    s.at(0ms, "before set");
    s.at(0ms, "after set");
    if (p.value % 2 == 0) {
        s.at(0ms, p.soon + ": soon");
    }
    while (!stack.empty()) {
        s.at(0ms, stack.back() + ": " + std::to_string(p.value));
        stack.pop_back();
    }
    if (p.value % 2 == 1) {
        s.at(0ms, p.soon + ": soon");
    }
    s.at(0ms, p.late + ": " + std::to_string(p.value));
    s.at(0ms, "all know");
    return s.transcript();
}
