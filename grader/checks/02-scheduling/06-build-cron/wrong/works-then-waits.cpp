// expect: wrong-content M17 — files the next tick when the work is done, one period later
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}

    int every(ms period, Callback f) {
        auto entry = std::make_shared<Entry>();
        entry->period = period;
        entry->work = std::move(f);
        entries_.push_back(entry);
        wait(entry, loop_.time() + period);
        return static_cast<int>(entries_.size()) - 1;
    }

    int at(ms when, Callback f) {
        auto entry = std::make_shared<Entry>();
        entry->work = std::move(f);
        entries_.push_back(entry);
        wait(entry, time_point(when));
        return static_cast<int>(entries_.size()) - 1;
    }

    bool cancel(int id) {
        Entry& entry = *entries_.at(static_cast<std::size_t>(id));
        entry.handle.cancel();
        return std::exchange(entry.pending, false);
    }

    std::optional<ms> next() const {
        std::optional<time_point> first;
        for (const auto& entry : entries_) {
            if (entry->pending && (!first || entry->handle.when() < *first)) {
                first = entry->handle.when();
            }
        }
        if (!first) {
            return std::nullopt;
        }
        return std::chrono::duration_cast<ms>(first->time_since_epoch());
    }

private:
    struct Entry {
        std::optional<ms> period;
        Callback work;
        TimerHandle handle;
        bool pending = true;
    };

    void wait(std::shared_ptr<Entry> entry, time_point when) {
        entry->handle = loop_.call_at(when, [this, entry] {
            entry->pending = entry->period.has_value();
            entry->work();
            if (entry->pending) {
                wait(entry, loop_.time() + *entry->period);
            }
        });
    }

    EventLoop& loop_;
    std::vector<std::shared_ptr<Entry>> entries_;
};
