// expect: wrong-content M19-reversed — puts each listener into the ready queue
#include <aio/lab.hpp>
using namespace aio;

class Emitter {
public:
    int on(std::string event, std::function<void(int)> f) {
        entries_.emplace(++last_, Entry{std::move(event), std::move(f), false});
        return last_;
    }
    int once(std::string event, std::function<void(int)> f) {
        entries_.emplace(++last_, Entry{std::move(event), std::move(f), true});
        return last_;
    }
    bool off(int id) { return entries_.erase(id) > 0; }

    int emit(std::string event, int value) {
        std::vector<int> ids;
        for (const auto& [id, entry] : entries_) {
            if (entry.event == event) {
                ids.push_back(id);
            }
        }
        for (int id : ids) {
            get_running_loop().call_soon([this, id, value] { call(id, value); });
        }
        return static_cast<int>(ids.size());
    }

    Coro<int> wait_event(std::string event) {
        auto f = get_running_loop().create_future<int>();
        const int id = once(std::move(event), [f](int value) {
            if (!f.done()) {
                f.set_result(value);
            }
        });
        f.add_done_callback([this, id] { off(id); });
        co_return co_await f;
    }

private:
    struct Entry {
        std::string event;
        std::function<void(int)> f;
        bool once;
    };
    void call(int id, int value) {
        const auto found = entries_.find(id);
        if (found == entries_.end()) {
            return;
        }
        const Entry entry = found->second;
        if (entry.once) {
            entries_.erase(found);
        }
        try {
            entry.f(value);
        } catch (const std::exception& e) {
            say("listener failed: {}", e.what());
        }
    }
    std::map<int, Entry> entries_;
    int last_ = 0;
};
