// expect: wrong-content freed-itself — calls the function where it lies; cancel() destroys it there
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}
    int every(ms period, Callback f) { return add(now() + period, period, std::move(f)); }
    int at(ms when, Callback f) { return add(when, 0ms, std::move(f)); }
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
        const int id = ++last_id_;
        jobs_[id] = {date, period, std::make_shared<Callback>(std::move(f))};
        file(id);
        return id;
    }
    void file(int id) {
        Job& job = jobs_.at(id);
        job.card = loop_.call_at(time_point(job.date), [this, id] { run(id); });
    }
    void run(int id) {
        Job& job = jobs_.at(id);
        if (job.period > 0ms) {
            while (job.date <= now()) {
                job.date += job.period;
            }
            file(id);
        } else {
            const auto f = job.f;
            jobs_.erase(id);
            (*f)();
            return;
        }
        (*job.f)();
    }
    EventLoop& loop_;
    std::map<int, Job> jobs_;
    int last_id_ = 0;
};
