// expect: crashed M16 — a range-for over the vector that on() makes longer
#include <aio/lab.hpp>
using namespace aio;

class Emitter {
public:
    int on(std::string event, std::function<void(int)> f) {
        all_[event].push_back({++last_, std::move(f), false});
        return last_;
    }
    int once(std::string event, std::function<void(int)> f) {
        all_[event].push_back({++last_, std::move(f), true});
        return last_;
    }
    bool off(int id) {
        for (auto& [event, subs] : all_) {
            for (auto it = subs.begin(); it != subs.end(); ++it) {
                if (it->id == id) {
                    subs.erase(it);
                    return true;
                }
            }
        }
        return false;
    }
    int emit(std::string event, int value) {
        int n = 0;
        std::vector<int> gone;
        for (auto& sub : all_[event]) {
            try {
                ++n;
                if (sub.once) {
                    gone.push_back(sub.id);
                }
                sub.f(value);
            } catch (const std::exception& e) {
                say("listener failed: {}", e.what());
            }
        }
        for (int id : gone) {
            off(id);
        }
        return n;
    }
    Coro<int> wait_event(std::string event) {
        auto f = get_running_loop().create_future<int>();
        once(event, [f](int value) { f.set_result(value); });
        co_return co_await f;
    }

private:
    struct Sub {
        int id;
        std::function<void(int)> f;
        bool once;
    };
    std::map<std::string, std::vector<Sub>> all_;
    int last_ = 0;
};
