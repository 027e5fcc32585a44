// expect: wrong-content M25 — at() stands still until the date has come
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}
    int every(ms period, Callback f) { return add(now() + period, period, std::move(f)); }
    int at(ms when, Callback f) {
        if (when > now()) {
            block_for(when - now());
        }
        f();
        return ++last_;
    }

    bool cancel(int id) {
        if (const auto found = jobs_.find(id); found != jobs_.end()) {
            found->second.card.cancel();
            jobs_.erase(found);
            return true;
        }
        return false;
    }

    std::optional<ms> next() const {
        std::optional<ms> earliest;
        for (const auto& [id, job] : jobs_) {
            earliest = std::min(earliest.value_or(job.date), job.date);
        }
        return earliest;
    }

private:
    struct Job {
        ms date;
        ms period;
        std::shared_ptr<Callback> f;
        TimerHandle card = {};
    };
    int add(ms date, ms period, Callback f) {
        jobs_[++last_] = {date, period, std::make_shared<Callback>(std::move(f))};
        file(last_);
        return last_;
    }
    void file(int id) {
        jobs_[id].card = loop_.call_at(time_point(jobs_[id].date), [this, id] {
            const auto f = jobs_[id].f;
            while (jobs_[id].date <= now()) {
                jobs_[id].date += jobs_[id].period;
            }
            file(id);
            (*f)();
        });
    }
    EventLoop& loop_;
    std::map<int, Job> jobs_;
    int last_ = 0;
};
