// expect: wrong-content M46 — a ticker looks every 10 ms which job is due
#include <aio/lab.hpp>
using namespace aio;

struct CronJob {
    ms date;
    ms period;
    std::shared_ptr<Callback> f;
};

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}
    int every(ms period, Callback f) { return add(now() + period, period, std::move(f)); }
    int at(ms when, Callback f) { return add(when, 0ms, std::move(f)); }

    bool cancel(int id) {
        const bool pending = jobs_.erase(id) > 0;
        if (jobs_.empty()) {
            ticker_.cancel();
        }
        return pending;
    }

    std::optional<ms> next() const {
        std::optional<ms> earliest;
        for (const auto& [id, job] : jobs_) {
            earliest = std::min(earliest.value_or(job.date), job.date);
        }
        return earliest;
    }

private:
    int add(ms date, ms period, Callback f) {
        if (jobs_.empty()) {
            look();
        }
        jobs_[++last_] = {date, period, std::make_shared<Callback>(std::move(f))};
        return last_;
    }

    void look() {
        while (const auto date = next()) {
            if (*date > now()) {
                break;
            }
            const auto due = std::find_if(jobs_.begin(), jobs_.end(), [&](const auto& entry) {
                return entry.second.date == *date;
            });
            const auto f = due->second.f;
            if (due->second.period == 0ms) {
                jobs_.erase(due);
            } else {
                while (due->second.date <= now()) {
                    due->second.date += due->second.period;
                }
            }
            (*f)();
        }
        ticker_ = loop_.call_later(10ms, [this] { look(); });
    }

    EventLoop& loop_;
    std::map<int, CronJob> jobs_;
    TimerHandle ticker_;
    int last_ = 0;
};
