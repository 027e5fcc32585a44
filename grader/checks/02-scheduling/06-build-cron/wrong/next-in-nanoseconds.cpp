// expect: wrong-content next-other — takes the count of a date for milliseconds
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}

    int every(ms period, Callback f) {
        return add({period, std::make_shared<Callback>(std::move(f))}, now() + period);
    }
    int at(ms when, Callback f) {
        return add({0ms, std::make_shared<Callback>(std::move(f))}, when);
    }

    bool cancel(int id) {
        if (!jobs_.contains(id)) {
            return false;
        }
        jobs_.at(id).card.cancel();
        return jobs_.erase(id) == 1;
    }

    std::optional<ms> next() const {
        std::optional<ms> earliest;
        for (const auto& [id, job] : jobs_) {
            const ms date(job.card.when().time_since_epoch().count());
            earliest = std::min(earliest.value_or(date), date);
        }
        return earliest;
    }

private:
    struct Job {
        ms period;
        std::shared_ptr<Callback> f;
        TimerHandle card = {};
    };

    int add(Job job, ms date) {
        jobs_.emplace(++last_id_, std::move(job));
        file(last_id_, date);
        return last_id_;
    }

    void file(int id, ms date) {
        jobs_.at(id).card = loop_.call_at(time_point(date), [this, id, date] {
            const auto f = jobs_.at(id).f;
            if (const ms period = jobs_.at(id).period; period > 0ms) {
                file(id, date + ((now() - date) / period + 1) * period);
            } else {
                jobs_.erase(id);
            }
            (*f)();
        });
    }

    EventLoop& loop_;
    std::map<int, Job> jobs_;
    int last_id_ = 0;
};
