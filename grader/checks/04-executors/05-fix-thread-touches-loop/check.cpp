// check.cpp: decides whether reports of a worker are read at their instant, by the loop's thread.
//
// Design: the goal is the one door by which another thread may reach a loop. The first call is
// made without debug mode, where a note that wakes nobody is late; the second in debug mode, where
// the loop refuses everything that is no post, also what happened to be in time. Left out on
// purpose: errors in the work, cancelling. Known machines: a note under the door (M29), one with a
// ring beside it (M29-rung), a future that a worker completes (M29-future), the call made by the
// worker itself (M29-callback), a loop looked for where none runs (M29-no-loop), a variable that
// has changed or gone (M23), the job awaited before the reports (M26), nobody waits (M09), all
// steps at once (all-at-once), no worker (no-worker), the end of a pool's scope (pool-scope),
// looking again and again (M46), dropped objects (M01), blocking (M25), a lambda where g++ 12
// breaks it (lambda-in-await).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("04-executors/05-fix-thread-touches-loop")

namespace {

std::string report_text(const Call& call, int k) {
    return call.name + ": " + std::to_string(k) + " of " + std::to_string(call.steps);
}

const std::string by_the_loop = ", says the loop";

lab::Transcript lines_of(const Call& call, lab::ms from) {
    lab::Transcript lines = {{from + call.oven, "oven"}};
    for (int k = 1; k <= call.steps; ++k) {
        lines.push_back({from + k * call.step_time, report_text(call, k) + by_the_loop});
    }
    lines.push_back({from + call.length(), call.name + ": finished"});
    return by_time(lines);
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines = lines_of(p.plain, 0ms);
    lines.push_back({p.plain.over(), "debug mode on"});
    const auto second = lines_of(p.debug, p.plain.over());
    lines.insert(lines.end(), second.begin(), second.end());
    return lines;
}

/// What came of one call.
struct Outcome {
    Outcome(const Call& of, lab::ms begin, const lab::Run& run) : call(of), from(begin) {
        for (int k = 1; k <= call.steps; ++k) {
            reports.push_back(run.when(report_text(call, k) + by_the_loop));
        }
        for (const auto& line : run.transcript()) {
            if (line.text.rfind(call.name + ": ", 0) == 0) {
                first = first.empty() ? line.text : first;
                elsewhere = elsewhere || (line.text.find(", says ") != std::string::npos &&
                                          line.text.find(by_the_loop) == std::string::npos);
                no_loop = no_loop || line.text.find("no running event loop") != std::string::npos;
            }
        }
        finished = run.when(call.name + ": finished");
    }

    Call call;
    lab::ms from;
    std::vector<std::optional<lab::ms>> reports; ///< when the loop said each of them
    std::optional<lab::ms> finished;
    std::string first;      ///< the first line of this call
    bool elsewhere = false; ///< a report was said by another thread
    bool no_loop = false;

    lab::ms end() const { return from + call.length(); }
    lab::ms due(std::size_t i) const { return from + (static_cast<int>(i) + 1) * call.step_time; }

    bool reports_in_time() const {
        for (std::size_t i = 0; i < reports.size(); ++i) {
            if (reports[i] != due(i)) {
                return false;
            }
        }
        return true;
    }
    bool all_reports_at(lab::ms time) const {
        return std::all_of(reports.begin(), reports.end(),
                           [&](const auto& report) { return report == time; });
    }
    bool some_report_early() const {
        for (std::size_t i = 0; i < reports.size(); ++i) {
            if (reports[i] && *reports[i] < due(i)) {
                return true;
            }
        }
        return false;
    }
    /// Returns: the first report that did not come as it should, or nothing.
    std::string lost() const {
        for (std::size_t i = 0; i < reports.size(); ++i) {
            if (reports[i] != due(i)) {
                return "the report \"" + report_text(call, static_cast<int>(i) + 1) +
                       "\", due at " + ms_text(due(i)) + ",";
            }
        }
        return "";
    }
    /// The first note was read at its time, and told of a later step.
    bool first_has_another_number() const {
        return reports.size() > 1 && !reports[0] &&
               std::any_of(reports.begin() + 1, reports.end(),
                           [&](const auto& report) { return report == due(0); });
    }
};

/// Returns: how long threads of that kind of lane were blocked in all.
lab::ms blocked(const lab::Run& run, const std::string& lane) {
    std::int64_t sum = 0;
    for (const auto& event : run.events()) {
        if (event.ev == "block" && event.lane.rfind(lane, 0) == 0) {
            sum += event.number("dur");
        }
    }
    return lab::ms(sum / 1000);
}

/// Returns: whether a worker changed something that belongs to the loop. A post does not: it is the
/// loop that takes it over.
bool touched_by_a_worker(const lab::Run& run) {
    return run.warned("thread_violation") ||
           std::any_of(run.events().begin(), run.events().end(), [](const lab::Event& event) {
               return event.lane.rfind("worker", 0) == 0 &&
                      (event.ev == "handle.add" || event.ev == "future.done");
           });
}

/// Returns: how many jobs were at work at the same time, at most.
int jobs_side_by_side(const lab::Run& run) {
    int now = 0;
    int most = 0;
    for (const auto& event : run.events()) {
        now += event.ev == "exec.start" ? 1 : event.ev == "exec.end" ? -1 : 0;
        most = std::max(most, now);
    }
    return most;
}

bool warned_of(const lab::Run& run, const std::string& text) {
    return std::any_of(run.warnings().begin(), run.warnings().end(), [&](const auto& warning) {
        return warning.text.find(text) != std::string::npos;
    });
}

} // namespace

TEST_CASE("each report of the worker is read by the loop's thread, at its instant") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const Outcome plain(p.plain, 0ms, run);
    const Outcome debug(p.debug, p.plain.over(), run);
    const std::vector<Outcome> both = {plain, debug};
    const auto any = [&](auto belief) { return std::any_of(both.begin(), both.end(), belief); };
    const auto late = std::find_if(plain.reports.begin(), plain.reports.end(), [&](const auto& at) {
        return at && *at > plain.due(static_cast<std::size_t>(&at - plain.reports.data()));
    });

    const std::size_t timers_of_the_driver = 4; // an oven and a guard for each call
    const auto timers = run.timers_added();
    const auto extra = timers - std::min(timers, timers_of_the_driver);
    const bool looks = extra > 0 && run.count("handle.ready") > timers_of_the_driver;
    const bool violation = touched_by_a_worker(run);
    const auto oven = run.when("oven");
    const std::string lost = plain.lost().empty() ? debug.lost() : plain.lost();
    const lab::Facts facts = {{"extra_timers", std::to_string(extra)},
                              {"due", ms_text(plain.due(0))},
                              {"late", late == plain.reports.end() ? "" : ms_text(**late)},
                              {"first", plain.first},
                              {"end", ms_text(plain.end())},
                              {"step", ms_text(p.plain.step_time)},
                              {"debug", ms_text(p.plain.over())},
                              {"oven", ms_text(p.plain.oven)},
                              {"lost", lost.empty() ? "one of your notes" : lost}};

    lab::suspect("lambda-in-await", "R3", destroyed_twice(run) && !plain.finished, facts);
    lab::suspect("M23", "R9", used_what_was_gone(run) || any([](const Outcome& call) {
                                  return call.first_has_another_number();
                              }),
                 facts);
    if (run.exit().empty()) {
        lab::run_answer(); // a run that broke off tells no more
    }
    lab::suspect("M25", "R6", blocked(run, "loop") > 0ms, facts);
    lab::suspect("M29-callback", "R9", any([](const Outcome& call) { return call.elsewhere; }),
                 facts);
    lab::suspect("M29-no-loop", "R9",
                 any([](const Outcome& call) { return call.no_loop; }) ||
                     warned_of(run, "no running event loop"),
                 facts);
    lab::suspect("M29-future", "R4",
                 violation && plain.reports_in_time() && debug.reports_in_time(), facts);
    lab::suspect("M29-rung", "R5", violation && plain.reports_in_time(), facts);
    lab::suspect("M29", "R5", violation, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("no-worker", "R9", run.count("exec.submit") == 0, facts);
    lab::suspect("M46", "R5", looks, facts);
    lab::suspect("all-at-once", "R9", jobs_side_by_side(run) > 1 && any([](const Outcome& call) {
                                          return call.some_report_early();
                                      }),
                 facts);
    lab::suspect("M09", "R9", any([](const Outcome& call) {
                     return call.finished && *call.finished < call.end();
                 }),
                 facts);
    lab::suspect("pool-scope", "R9", oven && *oven > p.plain.oven, facts);
    lab::suspect("M26", "R3",
                 any([](const Outcome& call) { return call.all_reports_at(call.end()); }), facts);

    lab::run_answer();
    CHECK_TRANSCRIPT(run, expected(p));
    CHECK_MESSAGE(!violation, "another thread than the loop's told it something else than a post");
    CHECK_MESSAGE(!looks, "your run set timers besides those of the case; nothing may poll");
    CHECK_MESSAGE(blocked(run, "worker") == p.plain.length() + p.debug.length(),
                  "the work of your run on workers was not one block_for(step_time) a step");
}
