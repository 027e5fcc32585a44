// expect: wrong-content always-true — a job of at() is pending until its run is over
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}
    int every(ms period, Callback f) { return add({now() + period, period, wrap(std::move(f))}); }
    int at(ms when, Callback f) { return add({when, 0ms, wrap(std::move(f))}); }

    bool cancel(int id) {
        const auto found = jobs_.find(id);
        if (found == jobs_.end()) {
            return false;
        }
        found->second.card.cancel();
        jobs_.erase(found);
        return true;
    }

    std::optional<ms> next() const {
        std::optional<ms> best;
        for (const auto& [id, job] : jobs_) {
            if (!best || job.date < *best) {
                best = job.date;
            }
        }
        return best;
    }

private:
    struct Job {
        ms date;
        ms period;
        std::shared_ptr<Callback> f;
        TimerHandle card = {};
    };

    static std::shared_ptr<Callback> wrap(Callback f) {
        return std::make_shared<Callback>(std::move(f));
    }

    int add(Job job) {
        jobs_[++last_] = std::move(job);
        file(last_);
        return last_;
    }

    void file(int id) {
        jobs_[id].card = loop_.call_at(time_point(jobs_[id].date), [this, id] { fire(id); });
    }

    void fire(int id) {
        Job& job = jobs_[id];
        const auto f = job.f;
        const bool once = job.period == 0ms;
        if (!once) {
            while (job.date <= now()) {
                job.date += job.period;
            }
            file(id);
        }
        (*f)();
        if (once) {
            jobs_.erase(id);
        }
    }

    EventLoop& loop_;
    std::map<int, Job> jobs_;
    int last_ = 0;
};
