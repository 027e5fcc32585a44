// expect: wrong-content shared-future — all tasks that wait for an event await one future
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
        if (next_[event] && !next_[event].done()) {
            next_[event].set_result(value);
            called += std::exchange(waiting_[event], 0);
        }
        return called;
    }
    Coro<int> wait_event(std::string event) {
        auto& next = next_[event];
        if (!next || next.done()) {
            next = get_running_loop().create_future<int>();
        }
        ++waiting_[event];
        const Future<int> mine = next;
        try {
            co_return co_await mine;
        } catch (const CancelledError&) {
            --waiting_[event];
            throw;
        }
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
    std::map<std::string, Future<int>> next_;
    std::map<std::string, int> waiting_;
    int last_id_ = 0;
};
