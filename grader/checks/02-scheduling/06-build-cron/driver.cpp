// driver.cpp: plays the script of the case on a Cron, and says what it does and returns.
#include "script.hpp"

#include "params.hpp"

namespace exercise {

class Player {
public:
    Player(Params p, MakeCron make)
        : p_(std::move(p)), make_(make), ids_(p_.jobs.size()), done_(p_.jobs.size()) {}

    void step(const Step& step) {
        const Job& job = p_.jobs[step.job];
        switch (step.what) {
        case Do::make:
            cron_ = make_(aio::get_running_loop());
            break;
        case Do::add:
            add(step.job);
            aio::say("{} {} {}, next {}", job.name, job.periodic ? "every" : "at", job.time.count(),
                     next());
            break;
        case Do::cancel: {
            const bool pending = cron_->cancel(ids_[step.job]);
            aio::say("cancel {}: {}", job.name, pending);
            aio::say("next {}", next());
            break;
        }
        case Do::look:
            aio::say("next {}", next());
        }
    }

    /// The Cron goes away while its loop is there.
    void end() { cron_.reset(); }

private:
    /// What a job calls. It notices when it is destroyed while it runs, which is undefined
    /// behaviour for a lambda that looks at its captures afterwards.
    class Run {
    public:
        Run(Player& player, std::size_t index) : player_(&player), index_(index) {}
        Run(Run&& other) noexcept
            : player_(std::exchange(other.player_, nullptr)), index_(other.index_) {}
        Run& operator=(Run&&) = delete;
        ~Run() {
            if (player_ != nullptr && player_->running_ == index_) {
                player_->destroyed_ = true;
            }
        }
        void operator()() { player_->run(index_); } // looks at nothing of its own afterwards

    private:
        Player* player_;
        std::size_t index_;
    };

    void add(std::size_t index) {
        const Job& job = p_.jobs[index];
        ids_[index] = job.periodic ? cron_->every(job.time, Run(*this, index))
                                   : cron_->at(job.time, Run(*this, index));
    }

    std::string next() const {
        const std::optional<aio::ms> date = std::as_const(*cron_).next();
        return date ? std::to_string(date->count()) : "nothing";
    }

    void run(std::size_t index) {
        running_ = index;
        const Job& job = p_.jobs[index];
        if (job.work > 0ms) {
            aio::say("{} runs for {} ms", job.name, job.work.count());
        } else {
            aio::say("{} runs", job.name);
        }
        while (done_[index] < job.cancels.size() && aio::now() >= job.cancels[done_[index]].from) {
            const std::size_t other = job.cancels[done_[index]++].job;
            const bool pending = cron_->cancel(ids_[other]);
            aio::say("{} cancels {}: {}", job.name, other == index ? "itself" : p_.jobs[other].name,
                     pending);
        }
        if (std::exchange(destroyed_, false)) {
            aio::say("{} destroyed in its run", job.name);
        }
        if (job.work > 0ms) {
            aio::block_for(job.work);
        }
        running_.reset();
    }

    Params p_;
    MakeCron make_;
    std::vector<int> ids_;
    std::vector<std::size_t> done_; ///< by job: how many of its cancels are done
    std::optional<std::size_t> running_;
    bool destroyed_ = false;        ///< the callback of the job that runs
    std::unique_ptr<AnyCron> cron_; ///< last: it may destroy callbacks when it goes away
};

/// The checker knows the timers of this function: they are the first that a run sets.
aio::Coro<> play(const std::vector<Step>& steps, Player& player) {
    auto& loop = aio::get_running_loop();
    for (const Step& step : steps) {
        loop.call_at(aio::time_point(step.at), [&player, step] { player.step(step); });
    }
    const auto end = loop.create_future<void>();
    loop.call_at(aio::time_point(steps.back().at + 300ms), [end] { end.set_result(); });
    co_await end;
    player.end();
}

void run_script(std::uint64_t seed, MakeCron make) {
    const Params p = draw(seed);
    Player player(p, make); // outlives the loop, which may still hold callbacks of the jobs
    aio::run(play(p.steps, player));
}

} // namespace exercise
