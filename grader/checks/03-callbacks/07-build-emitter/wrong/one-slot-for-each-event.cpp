// expect: wrong-content one-slot — the place for a waiter is taken by the next one
#include <aio/lab.hpp>
using namespace aio;
class Emitter {
public:
    int on(std::string event, std::function<void(int)> f) {
        return add(std::move(event), std::move(f), false);
    }
    int once(std::string event, std::function<void(int)> f) {
        return add(std::move(event), std::move(f), true);
    }
    bool off(int id) {
        return std::erase_if(listeners_, [id](const Listener& l) { return l.id == id; }) > 0;
    }
    int emit(std::string event, int value) {
        int called = 0;
        const std::vector<Listener> listeners = listeners_;
        for (const Listener& listener : listeners) {
            if (listener.event != event || !registered(listener.id)) {
                continue;
            }
            if (listener.once) {
                off(listener.id);
            }
            ++called;
            try {
                listener.f(value);
            } catch (const std::exception& error) {
                say("listener failed: {}", error.what());
            }
        }
        if (const auto found = slot_.find(event); found != slot_.end()) {
            if (!found->second.done()) {
                found->second.set_result(value);
                ++called;
            }
            slot_.erase(found);
        }
        return called;
    }
    Coro<int> wait_event(std::string event) {
        const auto mine = get_running_loop().create_future<int>();
        slot_[event] = mine;
        co_return co_await mine;
    }

private:
    struct Listener {
        int id;
        std::string event;
        std::function<void(int)> f;
        bool once;
    };

    int add(std::string event, std::function<void(int)> f, bool once) {
        listeners_.push_back({++last_id_, std::move(event), std::move(f), once});
        return last_id_;
    }

    bool registered(int id) const {
        return std::any_of(listeners_.begin(), listeners_.end(),
                           [id](const Listener& l) { return l.id == id; });
    }

    std::vector<Listener> listeners_;
    std::map<std::string, Future<int>> slot_;
    int last_id_ = 0;
};
