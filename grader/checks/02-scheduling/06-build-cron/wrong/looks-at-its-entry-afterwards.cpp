// expect: crashed freed-itself — calls the function in its entry, then reads the entry
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
        found->second.handle.cancel();
        jobs_.erase(found);
        return true;
    }

    std::optional<ms> next() const {
        std::optional<ms> best;
        for (const auto& [id, job] : jobs_) {
            best = best ? std::min(*best, job.date) : job.date;
        }
        return best;
    }

private:
    struct Job {
        ms date;
        ms period;
        Callback f;
        TimerHandle handle = {};
    };

    int add(ms date, ms period, Callback f) {
        jobs_[count_] = Job{date, period, std::move(f)};
        file(count_);
        return count_++;
    }

    void file(int id) {
        jobs_[id].handle = loop_.call_at(time_point(jobs_[id].date), [this, id] {
            Job& job = jobs_[id];
            job.f();
            if (job.period > 0ms) {
                while (job.date <= now()) {
                    job.date += job.period;
                }
                file(id);
            } else {
                jobs_.erase(id);
            }
        });
    }

    EventLoop& loop_;
    std::map<int, Job> jobs_;
    int count_ = 1;
};
