// A task for each job, which sleeps until the date; cancelling a job cancels its task.
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop&) {}
    int every(ms period, Callback f) { return start({now() + period, period, std::move(f)}); }
    int at(ms when, Callback f) { return start({when, 0ms, std::move(f)}); }

    bool cancel(int id) {
        const auto found = jobs_.find(id);
        if (found == jobs_.end()) {
            return false;
        }
        // A task that cancels itself receives the request at its next wait.
        found->second.second.cancel();
        jobs_.erase(found);
        return true;
    }

    std::optional<ms> next() const {
        std::optional<ms> earliest;
        for (const auto& [id, entry] : jobs_) {
            earliest = std::min(earliest.value_or(entry.first->date), entry.first->date);
        }
        return earliest;
    }

private:
    struct Job {
        ms date;
        ms period;
        Callback f;
    };

    int start(Job job) {
        auto shared = std::make_shared<Job>(std::move(job));
        const int id = ++last_id_;
        jobs_.emplace(id, std::pair(shared, create_task(serve(*this, id, shared))));
        return id;
    }

    static Coro<> serve(Cron& cron, int id, std::shared_ptr<Job> job) {
        do {
            co_await sleep(job->date - now());
            if (job->period > 0ms) {
                job->date += job->period * ((now() - job->date) / job->period + 1);
            } else {
                cron.jobs_.erase(id);
            }
            job->f();
        } while (job->period > 0ms);
    }

    std::map<int, std::pair<std::shared_ptr<Job>, Task<>>> jobs_;
    int last_id_ = 0;
};
