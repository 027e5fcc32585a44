// expect: wrong-content waiters-apart — who waits is told first, functions after
#include <aio/lab.hpp>
using namespace aio;

class Emitter {
public:
    int on(std::string event, std::function<void(int)> f) { return keep(event, f, false); }
    int once(std::string event, std::function<void(int)> f) { return keep(event, f, true); }

    bool off(int id) { return ears_.erase(id) == 1; }

    int emit(std::string event, int value) {
        std::vector<int> ids;
        for (const auto& [id, ear] : ears_) {
            if (ear.event == event) {
                ids.push_back(id);
            }
        }
        int called = 0;
        const auto [first, last] = tasks_.equal_range(event);
        for (auto it = first; it != last; ++it) {
            if (!it->second.done()) {
                it->second.set_result(value);
                ++called;
            }
        }
        tasks_.erase(event);
        for (const int id : ids) {
            const auto it = ears_.find(id);
            if (it == ears_.end()) {
                continue;
            }
            const Ear ear = it->second;
            if (ear.once) {
                ears_.erase(it);
            }
            ++called;
            try {
                ear.f(value);
            } catch (const std::exception& error) {
                say("listener failed: {}", error.what());
            }
        }
        return called;
    }

    Coro<int> wait_event(std::string event) {
        Future<int> next = get_running_loop().create_future<int>();
        tasks_.emplace(event, next);
        co_return co_await next;
    }

private:
    struct Ear {
        std::string event;
        std::function<void(int)> f;
        bool once;
    };

    int keep(std::string event, std::function<void(int)> f, bool once) {
        ears_.emplace(++ids_, Ear{event, f, once});
        return ids_;
    }

    std::map<int, Ear> ears_;
    std::multimap<std::string, Future<int>> tasks_;
    int ids_ = 0;
};
