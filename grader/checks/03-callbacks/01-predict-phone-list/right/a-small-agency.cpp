// Plays the program: a future with a list, a ready queue of functions, tasks as two steps.
#include <ex.hpp>
#include <deque>
#include <functional>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

using Call = std::function<void()>;

struct Loop {
    std::deque<Call> ready;
    Sheet sheet;
    void say(const std::string& text) { sheet.at(0ms, text); }
    void run() {
        while (!ready.empty()) {
            const Call call = ready.front();
            ready.pop_front();
            call();
        }
    }
};

struct Part {
    Loop& loop;
    bool done = false;
    std::vector<Call> list;
    void add(const Call& call) {
        if (done) {
            loop.ready.push_back(call);
        } else {
            list.push_back(call);
        }
    }
    void set() {
        done = true;
        loop.ready.insert(loop.ready.end(), list.begin(), list.end());
    }
};

Transcript predict(const P& p) {
    Loop loop;
    Part part{loop};
    std::vector<Part> ended(p.waiters.size(), Part{loop});
    const auto told = [&](const std::string& name) {
        return [&, name] { loop.say(name + ": " + std::to_string(p.value)); };
    };
    std::function<void(std::size_t)> wait_for = [&](std::size_t i) {
        if (i == ended.size()) {
            loop.say("all know");
        } else if (ended[i].done) {
            wait_for(i + 1);
        } else {
            ended[i].add([&, i] { wait_for(i + 1); });
        }
    };
    const Call soon = [&] { loop.say(p.soon + ": soon"); };
    for (std::size_t i = 0; i < p.waiters.size(); ++i) {
        loop.ready.push_back([&, i] {
            part.add([&, i] {
                told(p.waiters[i])();
                ended[i].set();
            });
        });
    }
    part.add(told(p.early[0]));
    loop.ready.push_back([&] { // main, after its sleep
        for (std::size_t i = 1; i < p.early.size(); ++i) {
            part.add(told(p.early[i]));
        }
        loop.say("before set");
        if (p.value % 2 == 0) {
            loop.ready.push_back(soon);
        }
        part.set();
        if (p.value % 2 != 0) {
            loop.ready.push_back(soon);
        }
        part.add(told(p.late));
        loop.say("after set");
        wait_for(0);
    });
    loop.run();
    return loop.sheet.transcript();
}
