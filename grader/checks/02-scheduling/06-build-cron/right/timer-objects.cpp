// Each job is an object that files itself; ids are looked up in a multimap by date.
#include <aio/lab.hpp>
using namespace aio;

class Cron;

struct CronJob : std::enable_shared_from_this<CronJob> {
    int id = 0;
    ms period = 0ms;
    Callback f = {};
    TimerHandle timer = {};
};

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}

    int every(ms period, Callback f) {
        const auto job = make(std::move(f));
        job->period = period;
        put(job, std::chrono::duration_cast<ms>(loop_.time().time_since_epoch()) + period);
        return job->id;
    }

    int at(ms when, Callback f) {
        const auto job = make(std::move(f));
        put(job, when);
        return job->id;
    }

    bool cancel(int id) {
        for (auto it = agenda_.begin(); it != agenda_.end(); ++it) {
            if (it->second->id == id) {
                it->second->timer.cancel();
                agenda_.erase(it);
                return true;
            }
        }
        return false;
    }

    std::optional<ms> next() const {
        return agenda_.empty() ? std::nullopt : std::optional(agenda_.begin()->first);
    }

private:
    std::shared_ptr<CronJob> make(Callback f) {
        auto job = std::make_shared<CronJob>();
        job->id = 100 + 7 * count_++;
        job->f = std::move(f);
        return job;
    }

    void put(std::shared_ptr<CronJob> job, ms date) {
        agenda_.emplace(date, job);
        job->timer = loop_.call_at(time_point(date), [this, job, date] {
            cancel(job->id);
            if (job->period > 0ms) {
                const auto ticks = (now() - date) / job->period + 1;
                put(job, date + ticks * job->period);
            }
            job->f();
        });
    }

    EventLoop& loop_;
    std::multimap<ms, std::shared_ptr<CronJob>> agenda_;
    int count_ = 0;
};
