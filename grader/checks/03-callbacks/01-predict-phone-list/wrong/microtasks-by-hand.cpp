// expect: wrong-order own-queue — two queues, one for the news and one for the rest
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    std::vector<std::string> micro;
    std::vector<std::string> macro = {p.soon + ": soon", "all know"};
    micro.push_back(p.early.front());
    micro.insert(micro.end(), p.waiters.begin(), p.waiters.end());
    for (std::size_t i = 1; i < p.early.size(); ++i) {
        micro.push_back(p.early.at(i));
    }
    micro.push_back(p.late);
    Transcript t;
    t.push_back({0ms, "before set"});
    t.push_back({0ms, "after set"});
    for (auto& m : micro)
        t.push_back({0ms, m + ": " + std::to_string(p.value)});
    for (auto& m : macro)
        t.push_back({0ms, m});
    return t;
}
