// 02-scheduling/06 build-cron, solved: one date and one card for each pending job.
#include <aio/lab.hpp>
using namespace aio;

/// Runs jobs at dates and on grids of dates.
class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}

    /// Runs f at each date of a grid that begins one period from now.
    /// Returns: the job's id.
    int every(ms period, Callback f) {
        return add(now() + period, period, std::move(f));
    }

    /// Runs f once, at that date.
    /// Returns: the job's id.
    int at(ms when, Callback f) { return add(when, 0ms, std::move(f)); }

    /// Takes a job out, whatever it is about to do.
    /// Returns: whether it was pending.
    bool cancel(int id) {
        const auto found = jobs_.find(id);
        if (found == jobs_.end()) {
            return false; // has run, or was cancelled before: such jobs are not kept
        }
        // Both are needed: the card would come due all the same, and the entry would
        // still be somebody's next date.
        found->second.card.cancel();
        jobs_.erase(found);
        return true;
    }

    /// Returns: the earliest date of a pending job, or nothing.
    std::optional<ms> next() const {
        std::optional<ms> earliest;
        for (const auto& [id, job] : jobs_) {
            earliest = std::min(earliest.value_or(job.date), job.date);
        }
        return earliest;
    }

private:
    /// A pending job. Invariant: its card is filed for its date.
    struct Job {
        ms date;
        ms period; // 0 for a job that runs once
        // Shared with the run that is going on: a job that cancels itself takes its
        // entry out of the map, and its function must not die while it still runs.
        std::shared_ptr<Callback> f;
        TimerHandle card = {};
    };

    // 1 registering: an entry, and a card that knows the entry by its id.
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

    // 2 running. First everything is put in order for what comes next, then the job is
    //   called: whatever it cancels, itself too, it finds the card that counts.
    void run(int id) {
        Job& job = jobs_.at(id); // it is there: cancel() would have torn up this card
        const std::shared_ptr<Callback> f = job.f;
        if (job.period > 0ms) {
            // 3 the next date is counted from the planned one, so the grid never moves;
            //   dates that have passed meanwhile are left out.
            while (job.date <= now()) {
                job.date += job.period;
            }
            file(id);
        } else {
            jobs_.erase(id);
        }
        (*f)();
    }

    EventLoop& loop_;
    std::map<int, Job> jobs_; // the pending ones
    int last_id_ = 0;
};
