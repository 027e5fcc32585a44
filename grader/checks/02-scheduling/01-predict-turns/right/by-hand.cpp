// The lines one by one, without a Sheet; the timer is put in at its place.
#include <ex.hpp>

struct P {
    std::string one, two, three, zero;
    int sleeps;
};

Transcript predict(const P& p) {
    Transcript lines = {
        {0ms, "main"}, {0ms, p.one}, {0ms, p.two}, {0ms, "main again"}, {0ms, p.three}};
    if (p.zero != "") {
        lines.insert(lines.end() - 1, Line{0ms, p.zero});
    }
    const char* more[] = {"main third", "main fourth", "main fifth"};
    for (int i = 0; i + 1 < p.sleeps; ++i) {
        lines.push_back({0ms, more[i]});
    }
    return lines;
}
