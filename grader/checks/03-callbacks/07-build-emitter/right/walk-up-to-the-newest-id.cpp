// A map by id, walked with upper_bound as far as the newest id at the beginning; no list is copied.
#include <aio/lab.hpp>
using namespace aio;

class Emitter {
public:
    int on(std::string event, std::function<void(int)> f) {
        subs_.try_emplace(++newest_, Sub{std::move(event), std::move(f), false});
        return newest_;
    }

    int once(std::string event, std::function<void(int)> f) {
        const int id = on(std::move(event), std::move(f));
        subs_.at(id).once = true;
        return id;
    }

    bool off(int id) { return !subs_.extract(id).empty(); }

    int emit(std::string event, int value) {
        const int limit = newest_;
        int called = 0;
        for (auto it = subs_.begin(); it != subs_.end() && it->first <= limit;) {
            const int id = it->first;
            if (it->second.event == event) {
                const auto f = it->second.f; // its own, should the entry go away
                if (it->second.once) {
                    subs_.erase(it);
                }
                called += guarded(f, value);
            }
            it = subs_.upper_bound(id);
        }
        return called;
    }

    Coro<int> wait_event(std::string event) {
        Waiting place{*this, get_running_loop().create_future<int>()};
        place.id = once(std::move(event), [f = place.f](int value) {
            if (!f.done()) {
                f.set_result(value);
            }
        });
        co_return co_await place.f;
    }

private:
    struct Sub {
        std::string event;
        std::function<void(int)> f;
        bool once;
    };

    struct Waiting { // gives its place back, however the wait ends
        Emitter& emitter;
        Future<int> f;
        int id = 0;
        ~Waiting() { emitter.off(id); }
    };

    static int guarded(const std::function<void(int)>& f, int value) {
        try {
            f(value);
        } catch (const std::exception& e) {
            say(std::string("listener failed: ") + e.what());
        }
        return 1;
    }

    std::map<int, Sub> subs_;
    int newest_ = 0;
};
