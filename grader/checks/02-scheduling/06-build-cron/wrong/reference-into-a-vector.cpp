// expect: crashed M23 — the cards refer to elements of a vector that grows
#include <aio/lab.hpp>
using namespace aio;

struct Entry {
    ms date;
    ms period;
    std::shared_ptr<Callback> work;
    bool pending = true;
    TimerHandle card = {};
};

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(&loop) {}

    int every(ms period, Callback f) { return put(now() + period, period, std::move(f)); }
    int at(ms when, Callback f) { return put(when, 0ms, std::move(f)); }

    bool cancel(int id) {
        Entry& entry = entries_[static_cast<std::size_t>(id)];
        entry.card.cancel();
        return std::exchange(entry.pending, false);
    }

    std::optional<ms> next() const {
        std::optional<ms> first;
        for (const Entry& entry : entries_) {
            if (entry.pending && (!first || entry.date < *first)) {
                first = entry.date;
            }
        }
        return first;
    }

private:
    int put(ms date, ms period, Callback f) {
        entries_.push_back({date, period, std::make_shared<Callback>(std::move(f))});
        file(entries_.back());
        return static_cast<int>(entries_.size()) - 1;
    }

    void file(Entry& entry) {
        entry.card = loop_->call_at(time_point(entry.date), [this, &entry] {
            const auto work = entry.work;
            if (entry.period == 0ms) {
                entry.pending = false;
            } else {
                entry.date += ((now() - entry.date) / entry.period + 1) * entry.period;
                file(entry);
            }
            (*work)();
        });
    }

    EventLoop* loop_;
    std::vector<Entry> entries_;
};
