// expect: wrong-content M53-self — takes the entry out for the time of the run and puts it back
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}
    int every(ms period, Callback f) {
        return put(++last_, {now() + period, period, std::move(f)});
    }
    int at(ms when, Callback f) { return put(++last_, {when, {}, std::move(f)}); }

    bool cancel(int id) {
        const auto found = entries_.find(id);
        if (found == entries_.end()) {
            return false;
        }
        found->second.timer.cancel();
        entries_.erase(found);
        return true;
    }

    std::optional<ms> next() const {
        const auto soonest =
            std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
                return a.second.date < b.second.date;
            });
        return soonest == entries_.end() ? std::nullopt : std::optional(soonest->second.date);
    }

private:
    struct Entry {
        ms date;
        std::optional<ms> period;
        Callback f;
        TimerHandle timer = {};
    };

    int put(int id, Entry entry) {
        entry.timer = loop_.call_at(time_point(entry.date), [this, id] { serve(id); });
        entries_.insert_or_assign(id, std::move(entry));
        return id;
    }

    void serve(int id) {
        Entry entry = std::move(entries_.extract(id).mapped());
        entry.f();
        if (entry.period) {
            for (; entry.date <= now(); entry.date += *entry.period) {
            }
            put(id, std::move(entry));
        }
    }

    EventLoop& loop_;
    std::map<int, Entry> entries_;
    int last_ = 0;
};
