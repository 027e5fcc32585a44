// expect: wrong-content waiters-apart — a second list, walked behind the listeners
#include <aio/lab.hpp>
using namespace aio;

class Emitter {
public:
    int on(std::string event, std::function<void(int)> f) {
        subs_.push_back(std::make_shared<Sub>(Sub{event, f, false, true}));
        return static_cast<int>(subs_.size()) - 1;
    }
    int once(std::string event, std::function<void(int)> f) {
        const int id = on(event, f);
        subs_.back()->once = true;
        return id;
    }
    bool off(int id) { return std::exchange(subs_.at(static_cast<std::size_t>(id))->there, false); }

    int emit(std::string event, int value) {
        int called = 0;
        const std::size_t end = subs_.size(); // entries stay for good, so places are ids
        for (std::size_t i = 0; i < end; ++i) {
            const std::shared_ptr<Sub> sub = subs_[i];
            if (!sub->there || sub->event != event) {
                continue;
            }
            sub->there = !sub->once;
            called += 1;
            try {
                sub->f(value);
            } catch (const std::exception& e) {
                say("listener failed: {}", e.what());
            }
        }
        std::vector<Future<int>> due;
        std::swap(due, waiting_[event]);
        for (const Future<int>& one : due) {
            if (!one.done()) {
                one.set_result(value);
                called += 1;
            }
        }
        return called;
    }

    Coro<int> wait_event(std::string event) {
        auto mine = get_running_loop().create_future<int>();
        waiting_[event].push_back(mine); // a cancelled one is left out by emit
        const int value = co_await mine;
        co_return value;
    }

private:
    struct Sub {
        std::string event;
        std::function<void(int)> f;
        bool once;
        bool there;
    };
    std::vector<std::shared_ptr<Sub>> subs_;
    std::map<std::string, std::vector<Future<int>>> waiting_;
};
