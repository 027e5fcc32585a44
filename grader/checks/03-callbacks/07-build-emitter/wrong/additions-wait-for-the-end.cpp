// expect: wrong-content nested — puts new listeners aside while any emit is going on
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
        ++depth_;
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
        if (--depth_ == 0) {
            std::move(new_.begin(), new_.end(), std::back_inserter(listeners_));
            new_.clear();
        }
        return called;
    }
    Coro<int> wait_event(std::string event) {
        const auto arrived = get_running_loop().create_future<int>();
        const int id = once(std::move(event), [arrived](int value) {
            if (!arrived.done()) {
                arrived.set_result(value);
            }
        });
        try {
            co_return co_await arrived;
        } catch (const CancelledError&) {
            off(id);
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
        (depth_ > 0 ? new_ : listeners_)
            .push_back({++last_id_, std::move(event), std::move(f), once});
        return last_id_;
    }

    bool registered(int id) const {
        return std::any_of(listeners_.begin(), listeners_.end(),
                           [id](const Listener& l) { return l.id == id; });
    }

    std::vector<Listener> listeners_;
    std::vector<Listener> new_;
    int depth_ = 0;
    int last_id_ = 0;
};
