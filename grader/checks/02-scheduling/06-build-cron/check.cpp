// check.cpp: decides whether jobs keep their grids, and what is cancelled never runs.
//
// Design: the goal is one live timer for each pending job, found again by whoever cancels. Left out
// on purpose: jobs that fail, dates in the past, jobs that register jobs, a job that works longer
// than its period. Known machines: grids that move (M17), missed ticks made up for (catch-up),
// cards that nobody tears up (M53, M53-self, M53-same-instant, M53-stale), entries that stay
// (M53-next, always-true), other wrong answers of next() (next-nothing, next-other), the wrong
// order (M14, M14-next), delays for dates (M15, M15-next, grid-from-zero), the wrong first tick
// (tick-at-once), one tick only (only-once), a callback that destroys itself (freed-itself),
// entries that are gone (M23) or empty (nothing-there), polling (M46), dropped objects (M01),
// blocking (M25).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "../../timers.hpp"
#include "machine.hpp"

#include <set>

using namespace exercise;

LAB_CHECK("02-scheduling/06-build-cron")

namespace {

std::vector<Time> runs_of(const Job& job, const lab::Transcript& lines) {
    std::vector<Time> times;
    for (const auto& line : lines) {
        if (line.text == runs(job)) {
            times.push_back(line.at);
        }
    }
    return times;
}

/// Returns: when the job was registered; the script is late if an answer keeps it waiting.
Time registered(const Job& job, const lab::Transcript& lines) {
    const std::string begin = job.name + (job.periodic ? " every " : " at ");
    for (const auto& line : lines) {
        if (line.text.rfind(begin, 0) == 0) {
            return line.at;
        }
    }
    return 0ms;
}

/// Asks `question(index, actual, expected)` of the runs of each periodic job.
template <class Question>
bool some_periodic(const Params& p, const lab::Transcript& actual, const lab::Transcript& expected,
                   Question question) {
    for (std::size_t k = 0; k < p.jobs.size(); ++k) {
        if (p.jobs[k].periodic &&
            question(k, runs_of(p.jobs[k], actual), runs_of(p.jobs[k], expected))) {
            return true;
        }
    }
    return false;
}

/// The first tick of some job that is not where it belongs comes late, one period after the tick
/// before it began, or after its work was done.
bool grid_moved(const Params& p, const lab::Transcript& actual, const lab::Transcript& expected) {
    return some_periodic(p, actual, expected, [&](std::size_t k, const auto& is, const auto& due) {
        const auto [tick, date] = std::mismatch(is.begin(), is.end(), due.begin(), due.end());
        if (tick == is.begin() || tick == is.end() || date == due.end() || *tick < *date) {
            return false;
        }
        const Time pause = *tick - *(tick - 1);
        return pause == p.jobs[k].time || pause == p.jobs[k].time + p.jobs[k].work;
    });
}

/// The first tick of some job that is not where it belongs follows another one within one period of
/// the grid: one that was late, or one at which a date was filed that was not ahead.
bool made_up_for_missed(const Params& p, const lab::Transcript& actual, const Machine& right,
                        const std::vector<Timer>& timers) {
    return some_periodic(
        p, actual, right.lines(), [&](std::size_t k, const auto& is, const auto& due) {
            const auto [tick, date] = std::mismatch(is.begin(), is.end(), due.begin(), due.end());
            if (tick == is.begin() || tick == is.end()) {
                return false;
            }
            const Time before = *(tick - 1);
            const bool filed_for_now =
                std::any_of(timers.begin(), timers.end(), [&](const Timer& timer) {
                    return timer.set_at == before && timer.when <= before;
                });
            const auto cell = [&](Time at) {
                return (at - registered(p.jobs[k], actual)) / p.jobs[k].time;
            };
            return cell(*tick) == cell(before) && (right.was_late(k, before) || filed_for_now);
        });
}

bool timer_for(const std::vector<Timer>& timers, Time set_at, Time when) {
    return std::any_of(timers.begin(), timers.end(), [&](const Timer& timer) {
        return timer.set_at == set_at && timer.when == when;
    });
}

/// The first dates of periodic jobs are on the grid that begins at 0, and not on their own.
bool grid_begins_at_0(const Params& p, const lab::Transcript& actual,
                      const std::vector<Timer>& timers) {
    std::size_t seen = 0;
    for (std::size_t k = 0; k < p.jobs.size(); ++k) {
        const Time from = registered(p.jobs[k], actual);
        const Time period = p.jobs[k].time;
        if (p.jobs[k].periodic && from % period != 0ms) {
            ++seen;
            if (!timer_for(timers, from, (from / period + 1) * period) &&
                !timer_for(timers, from, period)) {
                return false;
            }
        }
    }
    return seen > 0;
}

bool ticks_at_once(const Params& p, const lab::Transcript& actual,
                   const lab::Transcript& expected) {
    return some_periodic(p, actual, expected, [&](std::size_t k, const auto& is, const auto&) {
        return !is.empty() && is.front() == registered(p.jobs[k], actual);
    });
}

/// Some job ran once and should have run again; no job ran twice.
bool ticks_only_once(const Params& p, const lab::Transcript& actual,
                     const lab::Transcript& expected) {
    const auto more = [](std::size_t, const auto& is, const auto&) { return is.size() > 1; };
    const auto once = [](std::size_t, const auto& is, const auto& due) {
        return is.size() == 1 && due.size() > 1 && is.front() == due.front();
    };
    return !some_periodic(p, actual, expected, more) && some_periodic(p, actual, expected, once);
}

/// A job of at() waits for its date as if that were a delay.
bool date_as_delay(const Params& p, const lab::Transcript& actual, const lab::Transcript& expected,
                   const std::vector<Timer>& timers) {
    for (std::size_t k = 0; k < p.jobs.size(); ++k) {
        const Time from = registered(p.jobs[k], actual);
        const Time date = p.jobs[k].time;
        if (!p.jobs[k].periodic && from > 0ms && timer_for(timers, from, from + date) &&
            runs_of(p.jobs[k], actual) != runs_of(p.jobs[k], expected)) {
            return true;
        }
    }
    return false;
}

std::size_t runs_until(const Job& job, Time end, const lab::Transcript& lines) {
    const auto times = runs_of(job, lines);
    return static_cast<std::size_t>(
        std::count_if(times.begin(), times.end(), [end](Time at) { return at < end; }));
}

/// Ways in which a job that should be gone runs all the same. It ran as it should until then.
struct Zombies {
    bool itself = false;    ///< it had cancelled itself
    bool instant = false;   ///< another job of the same instant had cancelled it, or it was told so
    bool otherwise = false; ///< it was cancelled before
};

Zombies zombies(const Params& p, const lab::Transcript& actual, const lab::Transcript& expected) {
    Zombies found;
    struct Cancelled {
        Time at;
        bool itself, by_job;
    };
    std::vector<std::optional<Cancelled>> cancelled(p.jobs.size());
    for (const auto& line : actual) {
        for (std::size_t k = 0; k < p.jobs.size(); ++k) {
            const std::string& name = p.jobs[k].name;
            if (line.text == runs(p.jobs[k]) && cancelled[k]) {
                const auto& by = *cancelled[k];
                const bool same = by.by_job && by.at + p.jobs[k].work >= line.at;
                found.itself = found.itself || by.itself;
                found.instant = found.instant || (!by.itself && same);
                found.otherwise = found.otherwise || (!by.itself && !same);
            }
            const bool itself = line.text.rfind(cancels(p, k, k), 0) == 0;
            const bool by_job =
                itself || line.text.find(" cancels " + name + ": ") != std::string::npos;
            if (by_job || line.text.rfind("cancel " + name + ": ", 0) == 0) {
                if (runs_until(p.jobs[k], line.at, actual) ==
                    runs_until(p.jobs[k], line.at, expected)) {
                    cancelled[k] = Cancelled{line.at, itself, by_job};
                }
            }
        }
    }
    return found;
}

/// A job that cancelled itself was told that it was not pending.
bool away_while_running(const Params& p, const lab::Run& run) {
    return std::any_of(p.jobs.begin(), p.jobs.end(), [&](const Job& job) {
        return job.periodic && run.contains(job.name + " cancels itself: false");
    });
}

/// The callback of a job was destroyed while it ran.
bool destroyed_itself(const Params& p, const lab::Run& run) {
    return std::any_of(p.jobs.begin(), p.jobs.end(), [&](const Job& job) {
        return run.contains(job.name + " destroyed in its run");
    });
}

/// The run ended in the use of a function, or of an object, that was not there.
bool used_what_was_never_there(const lab::Run& run) {
    return run.exit().empty() &&
           run.stderr_text().find("ERROR: AddressSanitizer: SEGV") != std::string::npos;
}

/// Returns: the text without what it says of next(), and what it says.
std::pair<std::string, std::string> cut_next(const std::string& text) {
    const std::string mark = "next ";
    const std::size_t at = text.find(mark);
    return at == std::string::npos ? std::pair(text, std::string())
                                   : std::pair(text.substr(0, at), text.substr(at + mark.size()));
}

/// How what is said of next() differs at first, if nothing else does before.
enum class Next { same, a_span, of_a_job_that_is_gone, of_a_later_job, nothing, other };

struct NextAnswer {
    Next kind = Next::same;
    std::string shown = {}, due = {};
};

NextAnswer compare_next(const lab::Transcript& actual, const Machine& right) {
    const auto& expected = right.lines();
    std::set<std::string> known; // dates of jobs that have been pending so far
    for (std::size_t i = 0; i < actual.size() && i < expected.size(); ++i) {
        std::set<std::string> pending;
        for (const Time date : right.dates_after()[i]) {
            pending.insert(next_text(date));
        }
        const auto [text, shown] = cut_next(actual[i].text);
        const auto [wanted, due] = cut_next(expected[i].text);
        if (actual[i].at != expected[i].at || text != wanted) {
            return {};
        }
        if (shown != due) {
            const bool a_span =
                due != "nothing" && shown == next_text(Time(std::stoll(due)) - actual[i].at);
            const Next kind = pending.contains(shown) ? Next::of_a_later_job
                              : known.contains(shown) ? Next::of_a_job_that_is_gone
                              : a_span                ? Next::a_span
                              : shown == "nothing"    ? Next::nothing
                                                      : Next::other;
            return {kind, shown, due};
        }
        known.merge(pending);
    }
    return {};
}

/// Somebody was told that a job was pending which was not.
bool told_true_for_false(const lab::Transcript& actual, const lab::Transcript& expected) {
    for (std::size_t i = 0; i < actual.size() && i < expected.size(); ++i) {
        const std::string text = cut_next(actual[i].text).first;
        const std::string wanted = cut_next(expected[i].text).first;
        if (text != wanted) {
            const std::size_t at = wanted.rfind(": false");
            return at != std::string::npos && text == wanted.substr(0, at) + ": true";
        }
    }
    return false;
}

/// Returns: whether one of the next few lines says `text`.
bool soon(const lab::Transcript& lines, std::size_t from, const std::string& text) {
    const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(from);
    const auto end = lines.end() - begin > 4 ? begin + 4 : lines.end();
    return std::any_of(begin, end, [&](const lab::Line& line) { return line.text == text; });
}

/// The first difference is that of two jobs, both of which run, the one that was registered first
/// has come first.
bool registration_decides(const Params& p, const lab::Transcript& actual,
                          const lab::Transcript& expected) {
    const auto [is, due] =
        std::mismatch(actual.begin(), actual.end(), expected.begin(), expected.end());
    if (is == actual.end() || due == expected.end() || is->at != due->at) {
        return false;
    }
    const auto line = static_cast<std::size_t>(is - actual.begin());
    const auto job = [&](const std::string& text) {
        return std::find_if(p.jobs.begin(), p.jobs.end(),
                            [&](const Job& one) { return runs(one) == text; }) -
               p.jobs.begin();
    };
    return job(is->text) < job(due->text) && job(due->text) < std::ssize(p.jobs) &&
           soon(actual, line, due->text) && soon(expected, line, is->text);
}

/// While time went by, there were more timers than pending jobs.
bool cards_of_no_job(const lab::Run& run, const std::vector<Timer>& timers,
                     const std::vector<std::vector<Time>>& dates_after) {
    std::size_t said = 0;
    for (std::size_t i = 0; i < run.events().size() && said <= dates_after.size(); ++i) {
        const auto& event = run.events()[i];
        if (event.ev == "say") {
            ++said;
        } else if (event.ev == "clock.advance" && event.text("why") != "block" &&
                   alive_at(timers, i) > (said == 0 ? 0 : dates_after[said - 1].size())) {
            return true;
        }
    }
    return false;
}

} // namespace

TEST_CASE("jobs keep their grids, and what is cancelled never runs") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const Machine right(p);
    const auto& expected = right.lines();
    CHECK_TRANSCRIPT(run, expected);
    lab::suspect("freed-itself", "R5", destroyed_itself(p, run));
    lab::suspect("M23", "R5", used_what_was_gone(run));
    lab::suspect("nothing-there", "R5", used_what_was_never_there(run));
    lab::run_answer(); // a run that broke off tells no more

    const auto actual = run.transcript();
    const bool same = actual == expected;
    const auto timers = timers_of(run, p.steps.size() + 1); // without the driver's
    const auto fired = static_cast<std::size_t>(
        std::count_if(timers.begin(), timers.end(), [](const Timer& timer) { return timer.ran; }));
    const std::size_t extra =
        fired > right.runs_and_cancels() ? fired - right.runs_and_cancels() : 0;
    const auto told = static_cast<std::size_t>(
        std::count_if(actual.begin(), actual.end(), [](const lab::Line& line) {
            return line.text.find(" runs") != std::string::npos;
        }));
    const bool stale = same && cards_of_no_job(run, timers, right.dates_after());
    const auto works = static_cast<std::size_t>(
        std::count_if(actual.begin(), actual.end(), [](const lab::Line& line) {
            return line.text.find(" runs for ") != std::string::npos;
        }));
    const auto zombie = zombies(p, actual, expected);
    const auto [next, shown, due] = compare_next(actual, right);
    const bool in_runs = next == Next::same; // the first difference, if there is one
    const lab::Facts facts = {
        {"extra_timers", std::to_string(extra)}, {"shown", shown}, {"due", due}};

    lab::suspect("M25", "R6", run.count("block") > works, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("M46", "R6", fired > 2 * std::max(told, right.runs_and_cancels()), facts);
    lab::suspect("next-nothing", "R7", next == Next::nothing, facts);
    lab::suspect("only-once", "R8", ticks_only_once(p, actual, expected), facts);
    lab::suspect("M15", "R6", date_as_delay(p, actual, expected, timers), facts);
    lab::suspect("grid-from-zero", "R6", !same && grid_begins_at_0(p, actual, timers), facts);
    lab::suspect("tick-at-once", "R8", ticks_at_once(p, actual, expected), facts);
    lab::suspect("M17", "R8", in_runs && grid_moved(p, actual, expected), facts);
    lab::suspect("catch-up", "R8", in_runs && made_up_for_missed(p, actual, right, timers), facts);
    lab::suspect("M53", "R8", zombie.otherwise || (zombie.itself && zombie.instant), facts);
    lab::suspect("M53-self", "R5", zombie.itself || away_while_running(p, run), facts);
    lab::suspect("M53-same-instant", "R5", zombie.instant, facts);
    lab::suspect("M15-next", "R6", next == Next::a_span, facts);
    lab::suspect("M53-next", "R8", next == Next::of_a_job_that_is_gone, facts);
    lab::suspect("M14-next", "R7", next == Next::of_a_later_job, facts);
    lab::suspect("next-other", "R7", next == Next::other, facts);
    lab::suspect("always-true", "R8", told_true_for_false(actual, expected), facts);
    lab::suspect("M14", "R8", registration_decides(p, actual, expected), facts);
    lab::suspect("M53-stale", "R8", stale, facts);

    CHECK_MESSAGE(!run.warned("exception_in_callback"), "an exception left a callback of your run");
    CHECK_MESSAGE(extra == 0, "your run woke up more often than jobs ran or were cancelled; "
                              "nothing may poll");
    CHECK_MESSAGE(!stale, "a timer waited in your run that belonged to no pending job");
}
