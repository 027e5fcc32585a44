// expect: wrong-content M17 — a task for each job, which works and sleeps by turns
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop&) {}

    int every(ms period, Callback f) {
        auto job = std::make_shared<Job>(Job{std::move(f), now() + period});
        return start(repeat(job, period), job);
    }

    int at(ms when, Callback f) {
        auto job = std::make_shared<Job>(Job{std::move(f), when});
        return start(once(job), job);
    }

    bool cancel(int id) {
        auto& [task, job] = jobs_.at(static_cast<std::size_t>(id));
        task.cancel();
        const bool pending = job->date.has_value();
        job->date.reset();
        return pending;
    }

    std::optional<ms> next() const {
        std::optional<ms> earliest;
        for (const auto& [task, job] : jobs_) {
            if (job->date && (!earliest || *job->date < *earliest)) {
                earliest = job->date;
            }
        }
        return earliest;
    }

private:
    struct Job {
        Callback f;
        std::optional<ms> date;
    };

    static Coro<> repeat(std::shared_ptr<Job> job, ms period) {
        while (true) {
            co_await sleep(period);
            job->date = now() + period;
            job->f();
        }
    }

    static Coro<> once(std::shared_ptr<Job> job) {
        co_await sleep(*job->date - now());
        job->date.reset();
        job->f();
    }

    int start(Coro<> coro, std::shared_ptr<Job> job) {
        jobs_.emplace_back(create_task(std::move(coro)), job);
        return static_cast<int>(jobs_.size()) - 1;
    }

    std::vector<std::pair<Task<>, std::shared_ptr<Job>>> jobs_;
};
