// params.cpp: how the cases of 05-shutdown/05 are drawn.
#include "params.hpp"

#include <algorithm>
#include <utility>

namespace exercise {
namespace {

/// Returns: when jobs end by themselves, none of them in the instant of the call, at `before`.
std::vector<Time> different_ends(lab::Draw& d, int count, Time before, Time until) {
    auto ends = d.distinct_delays(count + 1, 20ms, until);
    const auto tie = std::find(ends.begin(), ends.end(), before);
    ends.erase(tie != ends.end() ? tie : ends.end() - 1);
    return ends;
}

/// Some end in time, and the others when they are asked: a plain evening.
std::vector<Job> plain_jobs(lab::Draw& d, Time before, Time grace) {
    const int in_time = d.between(2, 3);
    const auto ends = different_ends(d, in_time, before, before + grace - 10ms);
    std::vector<Job> jobs;
    for (const Time end : ends) {
        jobs.push_back({d.name(), Habit::returns, end});
    }
    const int late = d.between(1, 2);
    const auto clean_ups = d.distinct_delays(late, 10ms, grace - 20ms);
    for (const Time clean_up : clean_ups) {
        const Time needed = d.chance(50) ? clean_up : 0ms;
        jobs.push_back({d.name(), Habit::leaves, before + 4 * grace, needed});
    }
    d.shuffle(jobs);
    return jobs;
}

/// All habits in one round. No two jobs end at one instant, and none at a limit.
std::vector<Job> all_habits(lab::Draw& d, Time before, Time grace) {
    const auto ends = different_ends(d, 3, before, before + grace - 10ms);
    const auto clean_ups = d.distinct_delays(3, 10ms, grace - 20ms);
    const auto late = d.distinct_delays(2, 20ms, 300ms);
    const Time end = before + 4 * grace;
    const bool stubborn = d.chance(50);
    std::vector<Job> jobs = {
        {d.name(), Habit::returns, ends[0]},
        {d.name(), Habit::fails, ends[1]},
        {d.name(), Habit::is_cancelled, ends[2]},
        {d.name(), Habit::leaves, end, clean_ups[0]},
        {d.name(), Habit::breaks, end, clean_ups[1]},
        {d.name(), Habit::hurries, end, clean_ups[2]},
        stubborn ? Job{d.name(), Habit::goes_on, before + 2 * grace + late[0]}
                 : Job{d.name(), Habit::dawdles, end, grace + late[0]},
    };
    if (d.chance(30)) {
        jobs.push_back({d.name(), Habit::dawdles, end, grace + late[1]});
    }
    d.shuffle(jobs);
    return jobs;
}

/// All end long before the limit, perhaps before the call, one with an error and one cancelled: if
/// nobody is left to be asked, that does not mean that everybody has finished.
std::vector<Job> early_jobs(lab::Draw& d, Time before, Time grace) {
    std::vector<Job> jobs;
    const auto ends = different_ends(d, d.between(4, 5), before, before + grace / 2);
    for (const Time end : ends) {
        jobs.push_back({d.name(), Habit::returns, end});
    }
    jobs[0].habit = Habit::fails;
    jobs[1].habit = Habit::is_cancelled;
    d.shuffle(jobs);
    return jobs;
}

} // namespace

bool is_stuck(const Job& job) { return job.habit == Habit::goes_on || job.habit == Habit::dawdles; }

bool is_asked(const Job& job) { return job.habit >= Habit::leaves; }

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{{0ms,
                  100ms,
                  1000ms,
                  {{"a", Habit::returns, 200ms},
                   {"b", Habit::returns, 600ms},
                   {"c", Habit::leaves, 2000ms}}},
                 {1200ms, 1200ms, 300ms, {}},
                 {1300ms,
                  1400ms,
                  300ms,
                  {{"d", Habit::fails, 150ms},
                   {"e", Habit::is_cancelled, 200ms},
                   {"f", Habit::leaves, 3000ms, 100ms},
                   {"g", Habit::breaks, 3000ms, 50ms},
                   {"h", Habit::hurries, 3000ms, 150ms},
                   {"i", Habit::goes_on, 1100ms}}},
                 {2500ms,
                  2600ms,
                  500ms,
                  {{"j", Habit::returns, 50ms},
                   {"k", Habit::fails, 200ms},
                   {"l", Habit::is_cancelled, 250ms},
                   {"m", Habit::returns, 300ms}}}}};
    }
    lab::Draw d(seed);
    std::vector<int> kinds = {0, 1, 2, 3};
    d.shuffle(kinds);
    Params p;
    Time made = 0ms;
    for (const int kind : kinds) {
        const Time before = kind == 3 ? 0ms : d.delay(50, 150);
        const Time grace = d.delay(200, 600);
        Round round{made, made + before, grace, {}};
        if (kind == 0) {
            round.jobs = plain_jobs(d, before, grace);
        } else if (kind == 1) {
            round.jobs = all_habits(d, before, grace);
        } else if (kind == 2) {
            round.jobs = early_jobs(d, before, grace);
        }
        p.rounds.push_back(std::move(round));
        made += before + 2 * grace + 400ms; // who is stuck ends before the next round
    }
    return p;
}

} // namespace exercise
