// A drawer of cards, sorted by date and then by the order of filing.
#include <ex.hpp>
#include <set>

struct P {
    std::string name;
    ms start, period, until_cancel, cleanup;
    bool twin_cancelled_at_once;
};

struct Card {
    ms date;
    int number;
    std::string who;
    bool operator<(const Card& other) const {
        return std::pair(date, number) < std::pair(other.date, other.number);
    }
};

Transcript predict(const P& p) {
    Transcript lines = {{p.start, "Later"}};
    std::set<Card> drawer;
    std::vector<std::string> workers = {p.name, "twin"};
    workers.resize(p.twin_cancelled_at_once ? 1 : 2);
    int number = 0;
    drawer.insert({p.start + p.until_cancel, number++, "main"});
    for (const auto& who : workers) {
        lines.push_back({p.start, who + ": working"});
        drawer.insert({p.start + p.period, number++, who});
    }
    for (;;) {
        const Card card = *drawer.begin();
        drawer.erase(drawer.begin());
        if (card.who == "main") {
            lines.push_back({card.date, "cancel requested"});
            for (const auto& who : workers) {
                lines.push_back({card.date, who + ": cancelled"});
            }
            for (const auto& who : workers) {
                lines.push_back({card.date + p.cleanup, who + ": clean"});
            }
            lines.push_back({card.date + p.cleanup, "all gone"});
            return lines;
        }
        lines.push_back({card.date, card.who + ": working"});
        drawer.insert({card.date + p.period, number++, card.who});
    }
}
