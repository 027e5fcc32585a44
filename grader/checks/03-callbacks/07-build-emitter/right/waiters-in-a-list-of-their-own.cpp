// Listeners and waiters apart; each waiter knows how many listeners are ahead of it.
#include <aio/lab.hpp>
#include <deque>
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
            called += wake(event, value, i);
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
        return called + wake(event, value, end);
    }

    Coro<int> wait_event(std::string event) {
        auto mine = get_running_loop().create_future<int>();
        waiting_[event].push_back({subs_.size(), mine}); // emit leaves out a cancelled one
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
    struct Waiter {
        std::size_t behind; // so many listeners were ahead of it
        Future<int> future;
    };

    // Tells those whose place is ahead of listener number `place`. Returns: how many.
    int wake(const std::string& event, int value, std::size_t place) {
        int woken = 0;
        std::deque<Waiter>& queue = waiting_[event];
        while (!queue.empty() && queue.front().behind <= place) {
            if (!queue.front().future.done()) {
                queue.front().future.set_result(value);
                woken += 1;
            }
            queue.pop_front();
        }
        return woken;
    }

    std::vector<std::shared_ptr<Sub>> subs_;
    std::map<std::string, std::deque<Waiter>> waiting_;
};
