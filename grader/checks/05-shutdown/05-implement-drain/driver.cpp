// driver.cpp: jobs with all habits, and one call of drain after the other.
#include "script.hpp"

#include "params.hpp"

namespace exercise {

/// Works until `end`, whoever asks.
aio::Coro<> work_on(std::string name, Time end) {
    while (aio::now() < end) {
        try {
            co_await aio::sleep(end - aio::now());
        } catch (const aio::CancelledError&) {
            aio::say("{} goes on", name);
        }
    }
    aio::say("{} finished", name);
}

aio::Coro<> clean_up(Job job) {
    try {
        co_await aio::sleep(job.clean_up);
    } catch (const aio::CancelledError&) {
        aio::say("{} drops everything", job.name);
        throw;
    }
}

/// What a job does when it is asked to end. Returns: whether it ends as cancelled.
aio::Coro<bool> answer(Job job) {
    aio::say(job.habit == Habit::hurries ? "{} hurries" : "{} cut off", job.name);
    if (job.clean_up > 0ms) {
        co_await clean_up(job);
    }
    if (job.habit == Habit::breaks) {
        aio::say("{} fails", job.name);
        throw aio::Error(job.name + " broke");
    }
    if (job.habit == Habit::hurries) {
        aio::say("{} finished", job.name);
        co_return false;
    }
    if (job.clean_up > 0ms) {
        aio::say("{} cleaned up", job.name);
    }
    co_return true;
}

aio::Coro<> play(Job job) {
    if (job.habit == Habit::goes_on) {
        co_await work_on(job.name, aio::now() + job.work);
        co_return;
    }
    std::exception_ptr asked; // to be awaited on outside of the catch block
    try {
        // whom somebody else asks works longer than anybody waits
        co_await aio::sleep(job.habit == Habit::is_cancelled ? 5s : job.work);
    } catch (const aio::CancelledError&) {
        asked = std::current_exception();
    }
    if (asked) {
        if (co_await answer(job)) {
            std::rethrow_exception(asked);
        }
        co_return;
    }
    if (job.habit == Habit::fails) {
        aio::say("{} fails", job.name);
        throw aio::Error(job.name + " broke");
    }
    aio::say("{} finished", job.name);
}

std::string names_of(const std::vector<Job>& jobs) {
    std::string names;
    for (const Job& job : jobs) {
        names += " " + job.name;
    }
    return names.empty() ? " nobody" : names;
}

aio::Coro<> call_drain(Drain drain, std::vector<aio::Task<>> tasks, Time grace) {
    try {
        const Report report = co_await drain(std::move(tasks), grace);
        aio::say("drained: {} finished, {} cut, {} failed, {} stuck", report[0], report[1],
                 report[2], report[3]);
    } catch (const aio::CancelledError&) {
        aio::say("drain threw: cancelled");
    } catch (...) {
        aio::say("drain threw: {}", aio::describe(std::current_exception()));
    }
}

aio::Coro<> sleep_until(Time when) {
    if (aio::now() < when) {
        co_await aio::sleep(when - aio::now());
    }
}

/// The checker knows the tasks by their names: the jobs', and "drain".
aio::Coro<> play_all(Params p, Drain drain) {
    std::vector<aio::Task<>> all;
    for (const Round& round : p.rounds) {
        co_await sleep_until(round.made);
        std::vector<aio::Task<>> tasks;
        for (const Job& job : round.jobs) {
            tasks.push_back(aio::create_task(play(job), job.name));
            if (job.habit == Habit::is_cancelled) {
                aio::get_running_loop().call_later(job.work,
                                                   [task = tasks.back()] { task.cancel(); });
            }
        }
        all.insert(all.end(), tasks.begin(), tasks.end());
        co_await sleep_until(round.called);
        aio::say("drain{}, grace {}", names_of(round.jobs), round.grace.count());
        co_await aio::create_task(call_drain(drain, std::move(tasks), round.grace), "drain");
    }
    co_await aio::gather_settled(std::move(all)); // who was stuck comes to its end
}

void run_script(std::uint64_t seed, Drain drain) { aio::run(play_all(draw(seed), drain)); }

} // namespace exercise
