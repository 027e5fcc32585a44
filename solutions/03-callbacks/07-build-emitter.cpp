// 03-callbacks/07 build-emitter, solved: a list that is copied before it is walked.
#include <aio/lab.hpp>
using namespace aio;

/// Calls listeners when something happens, and wakes up tasks that wait for it.
class Emitter {
public:
    /// Registers f for every emit of the event. Returns: its id, for off().
    int on(std::string event, std::function<void(int)> f) {
        return add(std::move(event), std::move(f), false);
    }

    /// Registers f for the next emit of the event. Returns: its id, for off().
    int once(std::string event, std::function<void(int)> f) {
        return add(std::move(event), std::move(f), true);
    }

    /// Takes a listener out. Returns: whether it was registered.
    bool off(int id) {
        return std::erase_if(listeners_,
                             [id](const Listener& l) { return l.id == id; }) > 0;
    }

    /// Calls the listeners of the event, in the order of their registration.
    /// Returns: how many it called.
    int emit(std::string event, int value) {
        int called = 0;
        // 1 Listeners may change the list, and emit again; the copy belongs to this
        // emit alone.
        //   It also keeps alive a function that takes itself out while it runs.
        const std::vector<Listener> listeners = listeners_;
        for (const Listener& listener : listeners) {
            // 2 The copy does not know who has been taken out meanwhile.
            if (listener.event != event || !registered(listener.id)) {
                continue;
            }
            // 3 It goes before it is called: a nested emit must not find it again.
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
        return called;
    }

    /// Waits for the next emit of the event. Returns: its value.
    Coro<int> wait_event(std::string event) {
        const auto arrived = get_running_loop().create_future<int>();
        const int id = once(std::move(event), [arrived](int value) {
            if (!arrived.done()) { // a cancel ends it before this task hears of the
                                   // cancel (R10)
                arrived.set_result(value);
            }
        });
        try {
            co_return co_await arrived;
        } catch (const CancelledError&) {
            off(id); // nobody waits any more
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

    std::vector<Listener> listeners_; // in the order of their registration
    int last_id_ = 0;                 // never given twice
};
