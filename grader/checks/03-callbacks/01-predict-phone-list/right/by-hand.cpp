// The lines one by one, without a Sheet; soon is put in at its place.
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    Transcript lines = {{0ms, "before set"}, {0ms, "after set"}};
    const auto phone = [&](const std::string& name) {
        lines.push_back({0ms, name + ": " + std::to_string(p.value)});
    };
    phone(p.early[0]);
    std::for_each(p.waiters.begin(), p.waiters.end(), phone);
    std::for_each(p.early.begin() + 1, p.early.end(), phone);
    phone(p.late);
    const auto place = p.value % 2 == 0 ? lines.begin() + 2 : lines.end() - 1;
    lines.insert(place, Line{0ms, p.soon + ": soon"});
    lines.push_back({0ms, "all know"});
    return lines;
}
