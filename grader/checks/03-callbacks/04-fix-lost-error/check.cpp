// check.cpp: decides whether every failure is told when it happens, and the totals are right.
//
// Design: the goal is to know where a task's error lies and who reads it. Left out on purpose:
// cancelling, limits, retries. Known machines: errors that announce themselves (M21), collected
// first and read later (M21-late), read in the order of the awaits (M05), one failure ends the wait
// (M22) or the work (siblings-cancelled), one kind of exception (narrow-catch), jobs in a row
// (M02), no end (M09), polling (M46), blocking (M25), dropped objects (M01), a wrong count
// (wrong-totals). A `try` around create_task (M20) loses its errors like no `try` at all, so it is
// told as M21. Built with the sanitizer, since the first thing to think of here is a wrapper that
// is a lambda: what it has captured is gone before it runs (M23).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <optional>

using namespace exercise;

LAB_CHECK("03-callbacks/04-fix-lost-error")

namespace {

std::string failure(const DrawnJob& job) { return "job " + job.name + " failed: " + job.what; }

/// Returns: the line in which the end of the job shows.
std::string end_line(const DrawnJob& job) {
    return job.fails() ? failure(job) : job.name + ": done";
}

std::vector<DrawnJob> failing(const Params& p) {
    std::vector<DrawnJob> jobs;
    std::copy_if(p.jobs.begin(), p.jobs.end(), std::back_inserter(jobs),
                 [](const DrawnJob& job) { return job.fails(); });
    return jobs;
}

lab::ms end_of_all(const Params& p) { return last_end(p, p.jobs.size()); }

std::string totals(const Params& p) {
    const std::size_t failed = failing(p).size();
    return "ok=" + std::to_string(p.jobs.size() - failed) + " failed=" + std::to_string(failed);
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    for (const DrawnJob& job : p.jobs) {
        lines.push_back({job.delay, end_line(job)});
    }
    lines = by_time(lines);
    lines.push_back({end_of_all(p), totals(p)});
    lines.push_back({end_of_all(p), "shift over"});
    return lines;
}

/// Returns: when main ended, by itself or with an error, if it did.
std::optional<lab::ms> end_of_main(const lab::Run& run) {
    const auto before = while_main_runs(run);
    if (before.empty() || before.size() == run.events().size()) {
        return std::nullopt;
    }
    return std::chrono::duration_cast<lab::ms>(std::chrono::microseconds(before.back().t));
}

/// Main has waited for something, not for a turn alone.
bool main_waited(const lab::Run& run) {
    const auto before = while_main_runs(run);
    return std::any_of(before.begin(), before.end(), [&](const lab::Event& event) {
        return event.ev == "coro.suspend" &&
               event.number("task") == before.front().number("task") &&
               event.text("on") != "a turn";
    });
}

bool cancelled_a_task(const lab::Run& run) {
    const auto before = while_main_runs(run);
    return std::any_of(before.begin(), before.end(),
                       [](const lab::Event& event) { return event.ev == "task.cancel"; });
}

/// A job that went well ended later than its delay, so it began later than the others.
bool worked_in_a_row(const Params& p, const lab::Run& run) {
    return std::any_of(p.jobs.begin(), p.jobs.end(), [&](const DrawnJob& job) {
        const auto done = run.when(end_line(job));
        return !job.fails() && done && *done > job.delay;
    });
}

/// Exceptions of one kind were reported when they were thrown, those of the other kind never.
bool reported_one_kind(const Params& p, const lab::Run& run) {
    const lab::ms end = end_of_main(run).value_or(end_of_all(p));
    for (const End kind : {End::error, End::logic_error}) {
        bool told = false;
        bool silent = true;
        for (const DrawnJob& job : failing(p)) {
            const auto when = run.when(failure(job));
            if (job.end != kind) {
                silent = silent && !when;
            } else if (job.delay < end) {
                told = when == job.delay;
                if (!told) {
                    break;
                }
            }
        }
        if (told && silent) {
            return true;
        }
    }
    return false;
}

/// Returns: when each failure was reported, or nothing if one never was.
std::optional<std::vector<lab::ms>> report_times(const Params& p, const lab::Run& run) {
    std::vector<lab::ms> times;
    for (const DrawnJob& job : failing(p)) {
        const auto when = run.when(failure(job));
        if (!when) {
            return std::nullopt;
        }
        times.push_back(*when);
    }
    return times;
}

/// All failures were reported together, when the last job had ended.
bool reported_at_the_end(const Params& p, const lab::Run& run) {
    const auto times = report_times(p, run);
    return times && std::all_of(times->begin(), times->end(),
                                [&](lab::ms time) { return time == end_of_all(p); });
}

/// Some failures were reported late, each when another job ended.
bool reported_after_others(const Params& p, const lab::Run& run) {
    const auto times = report_times(p, run);
    if (!times) {
        return false;
    }
    bool late = false;
    for (std::size_t i = 0; i < times->size(); ++i) {
        const lab::ms own = failing(p)[i].delay;
        const bool an_end = std::any_of(p.jobs.begin(), p.jobs.end(), [&](const DrawnJob& job) {
            return job.delay == (*times)[i];
        });
        if ((*times)[i] < own || !an_end) {
            return false;
        }
        late = late || (*times)[i] > own;
    }
    return late;
}

/// No line names a job that failed.
bool reported_none(const Params& p, const lab::Run& run) {
    const auto jobs = failing(p);
    const auto lines = run.transcript();
    return std::none_of(lines.begin(), lines.end(), [&](const lab::Line& line) {
        return std::any_of(jobs.begin(), jobs.end(), [&](const DrawnJob& job) {
            return line.text.find(job.name) != std::string::npos;
        });
    });
}

/// Only the numbers of the last line are wrong.
bool counted_wrong(const Params& p, const lab::Run& run) {
    auto lines = run.transcript();
    const auto right = expected(p);
    bool wrong = false;
    for (std::size_t i = 0; i < lines.size() && i < right.size(); ++i) {
        if (right[i].text == totals(p) && lines[i].text.rfind("ok=", 0) == 0) {
            wrong = lines[i].text != right[i].text;
            lines[i].text = right[i].text;
        }
    }
    return wrong && lines == right;
}

/// Returns: the time of the first failure.
lab::ms first_failure(const Params& p) {
    const auto jobs = failing(p);
    return std::min_element(jobs.begin(), jobs.end(),
                            [](const DrawnJob& a, const DrawnJob& b) { return a.delay < b.delay; })
        ->delay;
}

} // namespace

TEST_CASE("every failure is told when it happens, the others go on, the totals are right") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const auto right = expected(p);
    const auto sleeping = static_cast<std::size_t>(std::count_if(
        p.jobs.begin(), p.jobs.end(), [](const DrawnJob& job) { return job.delay > 0ms; }));
    const std::size_t timers = run.timers_added();
    const std::size_t extra = timers > sleeping ? timers - sleeping : 0;
    const auto failed = failing(p);
    const auto told = static_cast<std::size_t>(
        std::count_if(failed.begin(), failed.end(),
                      [&](const DrawnJob& job) { return run.contains(failure(job)); }));
    const lab::Facts facts = {{"failed", std::to_string(failed.size())},
                              {"told", std::to_string(told)},
                              {"jobs", std::to_string(p.jobs.size())},
                              {"extra_timers", std::to_string(extra)},
                              {"totals", totals(p)},
                              {"end", ms_text(end_of_all(p))}};
    const bool ended_early = end_of_main(run) && *end_of_main(run) < end_of_all(p);

    lab::suspect("M23", "R2", used_what_was_gone(run), facts);
    lab::suspect("M25", "R6", run.count("block") > 0, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("M46", "R4", extra > 0, facts);
    lab::suspect("siblings-cancelled", "R15", cancelled_a_task(run), facts);
    lab::suspect("M09", "R11", ended_early && !main_waited(run) && tasks_were_cut(run), facts);
    lab::suspect("M22", "R15",
                 ended_early && main_waited(run) && end_of_main(run) == first_failure(p), facts);
    lab::suspect("M02", "R3", worked_in_a_row(p, run), facts);
    lab::suspect("narrow-catch", "R15", reported_one_kind(p, run), facts);
    lab::suspect("M21", "R15", !ended_early && reported_none(p, run), facts);
    lab::suspect("M21-late", "R4", reported_at_the_end(p, run), facts);
    lab::suspect("M05", "R3", reported_after_others(p, run), facts);
    lab::suspect("wrong-totals", "R15", counted_wrong(p, run), facts);

    CHECK_TRANSCRIPT(run, right);
    CHECK_MESSAGE(!run.warned("exception_never_retrieved"),
                  "nobody has read the error of one of your tasks: it was never retrieved");
    CHECK_MESSAGE(extra == 0, "your run set timers that belong to no job; nothing may poll");
}
