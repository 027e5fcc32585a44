// expect: wrong-time M18 — the second sleep pushes back the deadline of the first
#include <ex.hpp>
#include <algorithm>

struct P {
    std::string a, b;
    ms da, db;
};

Transcript predict(const P& p) {
    const ms end_of_b = p.db;
    const ms end_of_a = p.db + p.da;
    return {{0ms, "Main: creating tasks"}, {0ms, "Main: waiting for tasks"},
            {0ms, p.a + ": starting"},     {0ms, p.b + ": starting"},
            {end_of_b, p.b + ": done"},    {end_of_a, p.a + ": done"},
            {end_of_a, "Main: all done"}};
}
