// expect: wrong-content latest-value — the waiter looks up the value when it wakes up
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
        latest_[event] = value;
        for (const auto& rung : std::exchange(waiting_[event], {})) {
            if (!rung.done()) {
                rung.set_result();
                ++called;
            }
        }
        return called;
    }
    Coro<int> wait_event(std::string event) {
        const auto rung = get_running_loop().create_future<void>();
        waiting_[event].push_back(rung);
        try {
            co_await rung;
        } catch (const CancelledError&) {
            std::erase(waiting_[event], rung);
            throw;
        }
        co_return latest_[event];
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
    std::map<std::string, std::vector<Future<void>>> waiting_;
    std::map<std::string, int> latest_;
    int last_id_ = 0;
};
