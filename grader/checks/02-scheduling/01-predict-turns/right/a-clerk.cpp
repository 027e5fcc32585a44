// Plays the counter: a line of people, a drawer, rounds. Everybody may do something when served.
#include <ex.hpp>
#include <deque>
#include <functional>

struct P {
    std::string one, two, three, zero;
    int sleeps;
};

const std::vector<std::string> main_says = {"main", "main again", "main third", "main fourth",
                                            "main fifth"};

struct Counter {
    using Visit = std::function<void()>;
    std::deque<Visit> line;
    std::vector<Visit> drawer;
    Sheet sheet;

    void say(const std::string& text) { sheet.at(0ms, text); }
    void serve() {
        while (!line.empty() || !drawer.empty()) {
            for (Visit& card : drawer) {
                line.push_back(std::move(card));
            }
            drawer.clear();
            for (std::size_t left = line.size(); left > 0; --left) {
                const Visit visit = std::move(line.front());
                line.pop_front();
                visit();
            }
        }
    }
};

Transcript predict(const P& p) {
    Counter c;
    std::function<void(int)> main = [&](int slept) {
        c.say(main_says[slept]);
        if (slept < p.sleeps) {
            c.line.push_back([&, slept] { main(slept + 1); });
        }
    };
    c.line.push_back([&] {
        if (!p.zero.empty()) {
            c.drawer.push_back([&] { c.say(p.zero); });
        }
        c.line.push_back([&] {
            c.say(p.one);
            c.line.push_back([&] { c.say(p.three); });
        });
        c.line.push_back([&] { c.say(p.two); });
        main(0);
    });
    c.serve();
    return c.sheet.transcript();
}
