// expect: wrong-content M53-self — files the next tick after the job, whatever the job has done
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}

    int every(ms period, Callback f) {
        const int id = next_id_++;
        auto shared = std::make_shared<Callback>(std::move(f));
        tick(id, now() + period, period, shared);
        return id;
    }

    int at(ms when, Callback f) {
        const int id = next_id_++;
        dates_[id] = when;
        auto shared = std::make_shared<Callback>(std::move(f));
        handles_[id] = loop_.call_at(time_point(when), [this, id, shared] {
            dates_.erase(id);
            (*shared)();
        });
        return id;
    }

    bool cancel(int id) {
        handles_[id].cancel();
        return dates_.erase(id) == 1;
    }

    std::optional<ms> next() const {
        std::optional<ms> best;
        for (const auto& [id, date] : dates_) {
            if (!best || date < *best) {
                best = date;
            }
        }
        return best;
    }

private:
    void tick(int id, ms date, ms period, std::shared_ptr<Callback> f) {
        dates_[id] = date;
        handles_[id] = loop_.call_at(time_point(date), [=, this] {
            (*f)();
            tick(id, date + period * ((now() - date) / period + 1), period, f);
        });
    }

    EventLoop& loop_;
    std::map<int, ms> dates_;
    std::map<int, TimerHandle> handles_;
    int next_id_ = 0;
};
