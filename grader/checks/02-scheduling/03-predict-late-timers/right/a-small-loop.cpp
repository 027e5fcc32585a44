// A heap of cards and a line of people, served as the clerk does it.
#include <ex.hpp>
#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

struct P {
    std::vector<ms> timers;
    ms block;
    ms main_sleep;
};

std::string number(ms d) { return std::to_string(d.count()); }

Transcript predict(const P& p) {
    using Card = std::tuple<ms, int, std::string>;
    std::priority_queue<Card, std::vector<Card>, std::greater<>> drawer;
    int sequence = 0;
    for (const ms d : p.timers) {
        drawer.push({d, ++sequence, "timer " + number(d)});
    }
    std::vector<std::string> line = {"soon"};
    Transcript said;
    ms clock = 0ms;
    said.push_back({clock, "blocking " + number(p.block) + " ms"});
    clock += p.block;
    said.push_back({clock, "unblocked"});
    drawer.push({clock + p.main_sleep, ++sequence, "main done"});
    while (!line.empty() || !drawer.empty()) {
        if (line.empty()) {
            clock = std::max(clock, std::get<0>(drawer.top()));
        }
        while (!drawer.empty() && std::get<0>(drawer.top()) <= clock) {
            line.push_back(std::get<2>(drawer.top()));
            drawer.pop();
        }
        for (const std::string& text : line) {
            said.push_back({clock, text});
        }
        line.clear();
    }
    return said;
}
