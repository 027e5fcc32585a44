// The next date is worked out and filed when the job is done, if nobody has cancelled it.
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(&loop) {}

    int every(ms period, Callback f) {
        jobs_.push_back(std::make_unique<Job>(Job{now() + period, period, std::move(f)}));
        return file(jobs_.size() - 1);
    }

    int at(ms when, Callback f) {
        jobs_.push_back(std::make_unique<Job>(Job{when, std::nullopt, std::move(f)}));
        return file(jobs_.size() - 1);
    }

    bool cancel(int id) {
        Job& job = *jobs_.at(static_cast<std::size_t>(id));
        job.handle.cancel(); // false for a job that is running, so the answer comes from the date
        return std::exchange(job.date, std::nullopt).has_value();
    }

    std::optional<ms> next() const {
        std::optional<ms> earliest;
        for (const auto& job : jobs_) {
            if (job->date && (!earliest || *job->date < *earliest)) {
                earliest = job->date;
            }
        }
        return earliest;
    }

private:
    struct Job {
        std::optional<ms> date;
        std::optional<ms> period;
        Callback f;
        TimerHandle handle = {};
    };

    int file(std::size_t index) {
        Job* job = jobs_[index].get(); // jobs that are over stay, so it never goes away
        job->handle = loop_->call_at(time_point(*job->date), [this, index, job] {
            if (!job->period) {
                job->date.reset();
            }
            job->f();
            if (job->date) {
                while (*job->date <= now()) {
                    *job->date += *job->period;
                }
                file(index);
            }
        });
        return static_cast<int>(index);
    }

    EventLoop* loop_;
    std::vector<std::unique_ptr<Job>> jobs_;
};
