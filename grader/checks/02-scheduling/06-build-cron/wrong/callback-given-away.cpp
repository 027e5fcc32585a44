// expect: crashed nothing-there — the first tick moves the callback out; the second finds it empty
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}

    int every(ms period, Callback f) {
        const int id = add(now() + period);
        jobs_[id].f = std::move(f);
        tick(id, period);
        return id;
    }

    int at(ms when, Callback f) {
        const int id = add(when);
        jobs_[id].card = loop_.call_at(time_point(when), [this, id, f = std::move(f)]() mutable {
            jobs_.erase(id);
            f();
        });
        return id;
    }

    bool cancel(int id) {
        const bool pending = jobs_.contains(id);
        jobs_[id].card.cancel();
        jobs_.erase(id);
        return pending;
    }

    std::optional<ms> next() const {
        std::optional<ms> earliest;
        for (const auto& [id, job] : jobs_) {
            earliest = earliest ? std::min(*earliest, job.date) : job.date;
        }
        return earliest;
    }

private:
    struct Job {
        ms date = 0ms;
        Callback f;
        TimerHandle card;
    };

    int add(ms date) {
        jobs_[++last_].date = date;
        return last_;
    }

    void tick(int id, ms period) {
        jobs_[id].card = loop_.call_at(time_point(jobs_[id].date), [this, id, period] {
            Callback f = std::move(jobs_[id].f);
            while (jobs_[id].date <= now()) {
                jobs_[id].date += period;
            }
            tick(id, period);
            f();
        });
    }

    EventLoop& loop_;
    std::map<int, Job> jobs_;
    int last_ = 0;
};
