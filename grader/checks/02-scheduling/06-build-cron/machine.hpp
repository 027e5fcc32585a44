// machine.hpp: plays a script as the task of 02-scheduling/06 says it, for the checker.
#pragma once
#include "../../lines.hpp"
#include "params.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace exercise {

/// Returns: what a job says when it runs.
inline std::string runs(const Job& job) {
    const std::string work = job.work > 0ms ? " for " + ms_text(job.work) : "";
    return job.name + " runs" + work;
}

/// Returns: what a job says that cancels another, or itself, without the answer.
inline std::string cancels(const Params& p, std::size_t job, std::size_t other) {
    return p.jobs[job].name + " cancels " + (job == other ? "itself" : p.jobs[other].name) + ": ";
}

inline std::string next_text(std::optional<Time> next) {
    return next ? std::to_string(next->count()) : "nothing";
}

/// The machine that the task describes: plays the script and writes down what is said.
class Machine {
public:
    explicit Machine(const Params& p) : p_(p), pending_(p.jobs.size()), done_(p.jobs.size()) {
        std::size_t step = 0;
        while (step < p.steps.size()) {
            const auto job = earliest();
            // At one instant the script, which was filed at 0, comes first (R7).
            if (!job || p.steps[step].at <= *pending_[*job]) {
                now_ = std::max(now_, p.steps[step].at);
                play(p.steps[step++]);
            } else {
                now_ = std::max(now_, *pending_[*job]);
                run(*job);
            }
        }
    }

    const lab::Transcript& lines() const { return lines_; }
    /// Returns: the dates of the pending jobs, after each line.
    const std::vector<std::vector<Time>>& dates_after() const { return dates_after_; }
    /// Returns: whether the job ran at `at` for a date that had passed.
    bool was_late(std::size_t job, Time at) const {
        return std::find(late_.begin(), late_.end(), std::pair(job, at)) != late_.end();
    }
    std::size_t runs_and_cancels() const { return runs_and_cancels_; }

private:
    /// Returns: the pending job with the earliest date; of equal ones the first.
    std::optional<std::size_t> earliest() const {
        std::optional<std::size_t> found;
        for (std::size_t k = 0; k < pending_.size(); ++k) {
            if (pending_[k] && (!found || *pending_[k] < *pending_[*found])) {
                found = k;
            }
        }
        return found;
    }

    std::string next() const {
        const auto job = earliest();
        return next_text(job ? pending_[*job] : std::nullopt);
    }

    void say(const std::string& text) {
        lines_.push_back({now_, text});
        auto& dates = dates_after_.emplace_back();
        for (const auto& date : pending_) {
            if (date) {
                dates.push_back(*date);
            }
        }
    }

    std::string cancel(std::size_t job) {
        const bool was = pending_[job].has_value();
        pending_[job].reset();
        ++runs_and_cancels_;
        return was ? "true" : "false";
    }

    void play(const Step& step) {
        const Job& job = p_.jobs[step.job];
        if (step.what == Do::add) {
            pending_[step.job] = job.periodic ? now_ + job.time : job.time;
            say(job.name + (job.periodic ? " every " : " at ") + std::to_string(job.time.count()) +
                ", next " + next());
        } else if (step.what == Do::cancel) {
            const std::string was = cancel(step.job);
            say("cancel " + job.name + ": " + was);
            say("next " + next());
        } else if (step.what == Do::look) {
            say("next " + next());
        }
    }

    void run(std::size_t index) {
        const Job& job = p_.jobs[index];
        ++runs_and_cancels_;
        if (pending_[index] < now_) {
            late_.emplace_back(index, now_);
        }
        while (job.periodic && pending_[index] <= now_) {
            *pending_[index] += job.time;
        }
        if (!job.periodic) {
            pending_[index].reset();
        }
        say(runs(job));
        while (done_[index] < job.cancels.size() && now_ >= job.cancels[done_[index]].from) {
            const std::size_t other = job.cancels[done_[index]++].job;
            const std::string was = cancel(other);
            say(cancels(p_, index, other) + was);
        }
        now_ += job.work;
    }

    const Params& p_;
    Time now_ = 0ms;
    std::vector<std::optional<Time>> pending_; ///< by job: its date
    std::vector<std::size_t> done_;            ///< by job: how many of its cancels are done
    lab::Transcript lines_;
    std::vector<std::vector<Time>> dates_after_;
    std::vector<std::pair<std::size_t, Time>> late_;
    std::size_t runs_and_cancels_ = 0;
};

} // namespace exercise
