// expect: wrong-order M05 — an actor speaks when main has come to the await of its task
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    const std::string news = ": " + std::to_string(p.value);
    Sheet s;
    const auto say = [&](const std::string& text) { s.at(0ms, text); };
    say("before set");
    say("after set");
    if (p.value % 2 == 0) {
        say(p.soon + ": soon");
    }
    say(p.early[0] + news);
    say(p.waiters[0] + news);
    for (auto i = p.early.begin() + 1; i < p.early.end(); ++i) {
        say(*i + news);
    }
    if (p.value % 2 != 0) {
        say(p.soon + ": soon");
    }
    say(p.late + news);
    for (auto i = p.waiters.begin() + 1; i < p.waiters.end(); ++i) {
        say(*i + news);
    }
    say("all know");
    return s.transcript();
}
