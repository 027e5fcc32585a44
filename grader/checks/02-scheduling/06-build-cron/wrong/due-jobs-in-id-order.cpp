// expect: wrong-order M14 — one alarm; serves the due jobs in the order of their registration
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}
    int every(ms period, Callback f) { return add(now() + period, period, std::move(f)); }
    int at(ms when, Callback f) { return add(when, 0ms, std::move(f)); }

    bool cancel(int id) {
        const bool pending = jobs_.erase(id) == 1;
        set_alarm();
        return pending;
    }

    std::optional<ms> next() const {
        std::optional<ms> earliest;
        for (const auto& [id, job] : jobs_) {
            if (!earliest || job.date < *earliest) {
                earliest = job.date;
            }
        }
        return earliest;
    }

private:
    struct Job {
        ms date;
        ms period;
        std::shared_ptr<Callback> f;
    };

    int add(ms date, ms period, Callback f) {
        jobs_[++last_id_] = {date, period, std::make_shared<Callback>(std::move(f))};
        set_alarm();
        return last_id_;
    }

    /// One timer for all jobs, at the earliest date.
    void set_alarm() {
        alarm_.cancel();
        if (const auto date = next(); date && !ringing_) {
            alarm_ = loop_.call_at(time_point(*date), [this] { ring(); });
        }
    }

    void ring() {
        ringing_ = true;
        bool served = true;
        while (std::exchange(served, false)) {
            const ms began = now();
            for (int id = 1; id <= last_id_; ++id) {
                if (jobs_.contains(id) && jobs_.at(id).date <= began) {
                    serve(id, began);
                    served = true;
                }
            }
        }
        ringing_ = false;
        set_alarm();
    }

    void serve(int id, ms began) {
        Job& job = jobs_.at(id);
        const auto f = job.f;
        if (job.period == 0ms) {
            jobs_.erase(id);
        } else {
            job.date += job.period * ((began - job.date) / job.period + 1);
        }
        (*f)();
    }

    EventLoop& loop_;
    std::map<int, Job> jobs_;
    TimerHandle alarm_;
    bool ringing_ = false;
    int last_id_ = 0;
};
