// Every speaker gets a number for its place in the queue, and the table is sorted at the end.
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    const std::string news = ": " + std::to_string(p.value);
    std::vector<std::pair<int, std::string>> table;
    table.emplace_back(0, "before set");
    table.emplace_back(1, "after set");
    table.emplace_back(p.value % 2 != 0 ? 40 : 2, p.soon + ": soon");
    table.emplace_back(99, "all know");
    table.emplace_back(50, p.late + news);
    int number = 10;
    for (const std::string& actor : p.waiters) {
        table.emplace_back(++number, actor + news);
    }
    for (const std::string& name : p.early) {
        table.emplace_back(name == p.early.front() ? 10 : ++number, name + news);
    }
    std::sort(table.begin(), table.end());
    Sheet s;
    for (const auto& [place, line] : table) {
        s.at(0ms, line);
    }
    return s.transcript();
}
