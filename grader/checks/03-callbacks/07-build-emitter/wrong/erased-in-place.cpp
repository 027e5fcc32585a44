// expect: wrong-content freed-itself — a std::map, walked in place, up to the newest id by then
#include <aio/lab.hpp>
using namespace aio;

class Emitter {
public:
    int on(std::string event, std::function<void(int)> f) {
        table_[++last_] = {event, f, false};
        return last_;
    }
    int once(std::string event, std::function<void(int)> f) {
        table_[++last_] = {event, f, true};
        return last_;
    }
    bool off(int id) { return table_.erase(id) == 1; }
    int emit(std::string event, int value) {
        int n = 0;
        const int newest = last_;
        for (int id = 1; id <= newest; ++id) {
            const auto row = table_.find(id);
            if (row == table_.end() || row->second.event != event || row->second.used) {
                continue;
            }
            ++n;
            row->second.used = row->second.once;
            try {
                row->second.f(value);
            } catch (const std::exception& e) {
                say("listener failed: {}", e.what());
            }
            if (table_.contains(id) && table_[id].used) {
                off(id);
            }
        }
        return n;
    }
    Coro<int> wait_event(std::string event) {
        auto mail = get_running_loop().create_future<int>();
        const int id = once(event, [mail](int value) {
            if (!mail.done()) {
                mail.set_result(value);
            }
        });
        mail.add_done_callback([this, id] { off(id); });
        co_return co_await mail;
    }

private:
    struct Row {
        std::string event;
        std::function<void(int)> f;
        bool once = false;
        bool used = false;
    };
    std::map<int, Row> table_;
    int last_ = 0;
};
