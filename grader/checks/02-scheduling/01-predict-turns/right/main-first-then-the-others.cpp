// Starts from main's lines and puts the others between them, from the back to the front.
#include <ex.hpp>

struct P {
    std::string one, two, three, zero;
    int sleeps;
};

const std::vector<std::string> main_says = {"main", "main again", "main third", "main fourth",
                                            "main fifth"};

Transcript predict(const P& p) {
    Transcript lines;
    for (int i = 0; i <= p.sleeps; ++i) {
        lines.push_back({0ms, main_says[i]});
    }
    lines.insert(lines.begin() + 2, Line{0ms, p.three});
    if (!p.zero.empty()) {
        lines.insert(lines.begin() + 2, Line{0ms, p.zero});
    }
    lines.insert(lines.begin() + 1, Line{0ms, p.two});
    lines.insert(lines.begin() + 1, Line{0ms, p.one});
    return lines;
}
