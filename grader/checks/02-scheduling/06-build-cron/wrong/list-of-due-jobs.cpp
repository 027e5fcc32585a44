// expect: wrong-content M53-same-instant — one alarm; lists the due jobs and runs them all
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
        std::vector<std::pair<ms, int>> due;
        for (const auto& [id, job] : jobs_) {
            if (job.date <= now()) {
                due.emplace_back(job.date, id);
            }
        }
        std::sort(due.begin(), due.end());
        std::vector<std::shared_ptr<Callback>> functions;
        for (const auto& [date, id] : due) {
            functions.push_back(jobs_.at(id).f);
        }
        ringing_ = true;
        for (std::size_t i = 0; i < due.size(); ++i) {
            if (jobs_.contains(due[i].second)) {
                serve(due[i].second);
            } else {
                (*functions[i])();
            }
        }
        ringing_ = false;
        set_alarm();
    }

    void serve(int id) {
        Job& job = jobs_.at(id);
        const auto f = job.f;
        if (job.period == 0ms) {
            jobs_.erase(id);
        } else {
            job.date += job.period * ((now() - job.date) / job.period + 1);
        }
        (*f)();
    }

    EventLoop& loop_;
    std::map<int, Job> jobs_;
    TimerHandle alarm_;
    bool ringing_ = false;
    int last_id_ = 0;
};
