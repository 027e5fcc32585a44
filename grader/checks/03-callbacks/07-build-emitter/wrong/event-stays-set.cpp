// expect: wrong-content old-news — one future for each event, which stays done
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
        if (news_[event] && !news_[event].done()) {
            news_[event].set_result(value);
            called += static_cast<int>(std::exchange(waiting_[event], {}).size());
        }
        return called;
    }
    Coro<int> wait_event(std::string event) {
        const int id = ++last_id_;
        auto& news = news_[event];
        if (!news) {
            news = get_running_loop().create_future<int>();
        }
        if (!news.done()) {
            waiting_[event].insert(id);
        }
        co_return co_await shield(Future<int>(news));
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
    std::map<std::string, Future<int>> news_;
    std::map<std::string, std::set<int>> waiting_;
    int last_id_ = 0;
};
