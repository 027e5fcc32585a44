// check.cpp: decides whether drain waits for all with one limit, asks the rest once, and counts.
//
// Design: the goal is a shutdown in two waits with a limit each, and a count of what has become of
// everybody. The requests of one instant may go out in any order. Left out on purpose: a caller
// that is cancelled, a task that ends in the instant of a limit. Known machines: the whole grace
// whatever happens (M46), looking again and again (M46-polls), one grace after the other
// (grace-per-task), no grace at all (no-grace), leaving before the clean-up (M34), a limit that is
// taken for a request (wait-cancels), being held up by who is stuck (stuck-holds), asking twice
// (M35), what was asked has been stopped (M31), errors that count as finished (M21,
// M21-nobody-left) or leave drain (error-escapes), a cancelled task asked for its error
// (cancel-escapes), an empty list (empty-list), a timer that stays (M53), dropped objects (M01),
// blocking (M25).
#include <judge/check.hpp>

#include "../../timers.hpp"
#include "machine.hpp"

#include <cstdio>
#include <map>
#include <optional>
#include <set>

using namespace exercise;

LAB_CHECK("05-shutdown/05-implement-drain")

namespace {

/// What came out of one call of drain.
struct Call {
    const Round* round;
    lab::Transcript lines; ///< of the run, from this call to the next one
    std::optional<lab::Line> end;
    std::size_t end_index = 0; ///< of that line among these
    std::optional<Report> report;

    bool threw(const std::string& what) const { return end && end->text == "drain threw: " + what; }

    std::vector<lab::ms> times(const std::string& text) const {
        std::vector<lab::ms> found;
        for (const auto& line : lines) {
            if (line.text == text) {
                found.push_back(line.at);
            }
        }
        return found;
    }

    /// Returns: whether some job for which `which` holds heard a request, and `when` of that.
    template <class Which, class When> bool heard(Which which, When when) const {
        return std::any_of(round->jobs.begin(), round->jobs.end(), [&](const Job& job) {
            const auto at = times(request_heard(job));
            return which(job) && std::any_of(at.begin(), at.end(), when);
        });
    }

    int jobs_with(Habit habit) const {
        return static_cast<int>(
            std::count_if(round->jobs.begin(), round->jobs.end(),
                          [habit](const Job& job) { return job.habit == habit; }));
    }
};

std::vector<Call> calls_of(const Params& p, const lab::Run& run) {
    std::vector<Call> calls;
    for (const auto& line : run.transcript()) {
        if (calls.size() < p.rounds.size() && line.text == called(p.rounds[calls.size()])) {
            calls.push_back({&p.rounds[calls.size()], {}, std::nullopt, 0, std::nullopt});
        }
        if (calls.empty()) {
            continue;
        }
        Call& call = calls.back();
        Report report{};
        const bool counted =
            std::sscanf(line.text.c_str(), "drained: %d finished, %d cut, %d failed, %d stuck",
                        &report[0], &report[1], &report[2], &report[3]) == 4;
        if (!call.end && (counted || line.text.rfind("drain threw: ", 0) == 0)) {
            call.end = line;
            call.end_index = call.lines.size();
            if (counted) {
                call.report = report;
            }
        }
        call.lines.push_back(line);
    }
    return calls;
}

bool asked(const Job& job) { return is_asked(job); }

/// A job was asked, and drain did not stay until it had answered, though there was time.
bool leaves_too_early(const Call& call) {
    return call.end &&
           std::any_of(call.round->jobs.begin(), call.round->jobs.end(), [&](auto& job) {
               if (!is_asked(job)) {
                   return false;
               }
               const auto last = is_stuck(job) ? lab::Line{call.round->limit(), request_heard(job)}
                                               : lines_of(*call.round, job).back();
               const auto found = std::find(call.lines.begin(), call.lines.end(), last);
               return found != call.lines.end() &&
                      static_cast<std::size_t>(found - call.lines.begin()) > call.end_index;
           });
}

/// It stayed to the end of a grace, or of both, when all had ended before.
bool stays_too_long(const Call& call) {
    return call.end && call.end->at > return_of(*call.round) &&
           (call.end->at == call.round->limit() || call.end->at == call.round->last());
}

bool asked_twice(const Call& call) {
    return std::any_of(call.round->jobs.begin(), call.round->jobs.end(), [&](const Job& job) {
        return call.times(job.name + " goes on").size() > 1 ||
               !call.times(job.name + " drops everything").empty();
    });
}

/// It returned when somebody who is stuck, and had heard the request, had come to the end.
bool is_held_up(const Call& call) {
    return call.end &&
           std::any_of(call.round->jobs.begin(), call.round->jobs.end(), [&](const Job& job) {
               const auto heard = call.times(request_heard(job));
               return is_stuck(job) && call.end->at >= end_of(*call.round, job) && !heard.empty() &&
                      heard.front() == call.round->limit();
           });
}

/// It returned, at the limit or later, and somebody who had to be asked never was.
bool asks_nobody(const Call& call) {
    return call.end && call.end->at >= call.round->limit() &&
           std::any_of(call.round->jobs.begin(), call.round->jobs.end(), [&](const Job& job) {
               return is_asked(job) && call.times(request_heard(job)).empty();
           });
}

/// Who was asked, and failed, finished or is stuck all the same, counts as cut.
bool counts_requests(const Call& call) {
    return call.report && (*call.report)[1] > report_of(*call.round)[1];
}

bool counts_errors_as_ends(const Call& call) {
    return call.report && (*call.report)[2] < report_of(*call.round)[2] &&
           (*call.report)[0] > report_of(*call.round)[0];
}

bool counts_cancels_as_ends(const Call& call) {
    const auto right = report_of(*call.round);
    return call.report && (*call.report)[2] == right[2] && (*call.report)[1] < right[1] &&
           (*call.report)[0] > right[0];
}

bool throws_an_error(const Call& call) {
    return std::any_of(call.round->jobs.begin(), call.round->jobs.end(),
                       [&](const Job& job) { return call.threw(job.name + " broke"); });
}

/// Nobody was left at the limit, and so everybody counts as finished.
bool counts_all_who_left(const Call& call) {
    const auto everybody = static_cast<int>(call.round->jobs.size());
    return call.report && report_of(*call.round)[0] < everybody && (*call.report)[0] == everybody &&
           std::none_of(call.round->jobs.begin(), call.round->jobs.end(), asked);
}

/// The timers that drain sets, and where its calls end.
struct Watch {
    explicit Watch(const Params& p, const lab::Run& run) {
        std::set<std::string> others = {"main"};
        for (const auto& round : p.rounds) {
            for (const auto& job : round.jobs) {
                others.insert(job.name);
            }
        }
        std::set<std::int64_t> ids;
        std::map<std::int64_t, int> requests;
        std::set<std::size_t> theirs; // events while a task of the driver runs
        bool driver = true;
        std::set<lab::ms> loud;
        for (const auto& line : run.transcript()) {
            loud.insert(line.at);
        }
        const auto& events = run.events();
        for (std::size_t i = 0; i < events.size(); ++i) {
            const auto& event = events[i];
            if (event.ev == "task.new" && others.contains(event.text("name"))) {
                ids.insert(event.number("task"));
            } else if (event.ev == "task.cancel" && ids.contains(event.number("task"))) {
                most_requests = std::max(most_requests, ++requests[event.number("task")]);
            } else if (event.ev == "task.begin") {
                driver = ids.contains(event.number("task"));
            } else if (event.ev == "handle.end") {
                driver = false;
            } else if (event.ev == "say" && event.text("text").rfind("drained: ", 0) == 0) {
                ends.push_back(i);
            }
            if (driver) {
                theirs.insert(i);
            }
        }
        for (const auto& timer : timers_of(run, 0)) {
            if (!theirs.contains(timer.first)) {
                timers.push_back(timer);
                polls += timer.ran && !loud.contains(timer.set_at) ? 1 : 0;
            }
        }
    }

    std::vector<Timer> timers;
    std::vector<std::size_t> ends;
    int most_requests = 0; ///< for one of the jobs
    int polls = 0;         ///< timers that were set when nothing had happened

    std::size_t left() const {
        std::size_t most = 0;
        for (const std::size_t end : ends) {
            most = std::max(most, alive_at(timers, end));
        }
        return most;
    }
};

/// Returns: the name of a job for which `which` holds, of this call if it has one.
template <class Which> std::string name_of(const Params& p, const Call& call, Which which) {
    std::vector<Round> rounds = {*call.round};
    rounds.insert(rounds.end(), p.rounds.begin(), p.rounds.end());
    for (const auto& round : rounds) {
        const auto found = std::find_if(round.jobs.begin(), round.jobs.end(), which);
        if (found != round.jobs.end()) {
            return found->name;
        }
    }
    return "a task";
}

auto with(Habit habit, Habit otherwise) {
    return [=](const Job& job) { return job.habit == habit || job.habit == otherwise; };
}

/// Returns: who has failed; if the error of one of them came out of the call, that one.
std::string broken_in(const Params& p, const Call& call) {
    return name_of(p, call, [&](const Job& job) {
        return throws_an_error(call) ? call.threw(job.name + " broke")
                                     : with(Habit::fails, Habit::breaks)(job);
    });
}

/// Returns: who ended as cancelled; whom drain has asked itself only if the question threw.
std::string cancelled_in(const Params& p, const Call& call) {
    return name_of(
        p, call,
        with(Habit::is_cancelled, call.threw("cancelled") ? Habit::leaves : Habit::is_cancelled));
}

} // namespace

TEST_CASE("everybody may finish, then everybody is asked, and nobody holds drain up") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const auto right = in_order_of(run.transcript(), expected(p));
    const auto calls = calls_of(p, run);
    const Watch watch(p, run);
    const auto find = [&](auto belief) { return std::find_if(calls.begin(), calls.end(), belief); };
    const auto wrong = find([&](const Call& call) {
        return !call.end ||
               *call.end != lab::Line{return_of(*call.round), drained(report_of(*call.round))};
    });
    const Call* shown = wrong != calls.end() ? &*wrong : &calls.front();
    const auto facts = [&](const Call* call) {
        return lab::Facts{{"call", called(*call->round)},
                          {"limit", ms_text(call->round->limit())},
                          {"last", ms_text(call->round->last())},
                          {"yours", call->end ? ms_text(call->end->at) : "no time at all"},
                          {"due", ms_text(return_of(*call->round))},
                          {"broken", broken_in(p, *call)},
                          {"cancelled", cancelled_in(p, *call)},
                          {"stuck", name_of(p, *call, is_stuck)},
                          {"hurries", name_of(p, *call, with(Habit::hurries, Habit::hurries))},
                          {"polls", std::to_string(watch.polls)},
                          {"left", std::to_string(watch.left())}};
    };
    const auto suspect = [&](const char* id, const char* rule, auto belief) {
        const auto found = find(belief);
        lab::suspect(id, rule, found != calls.end(), facts(found != calls.end() ? &*found : shown));
    };

    lab::suspect("M25", "R6", run.count("block") > 0, facts(shown));
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts(shown));
    suspect("M35", "R10",
            [&](const Call& call) { return asked_twice(call) || watch.most_requests > 1; });
    suspect("empty-list", "R3",
            [](const Call& call) { return call.round->jobs.empty() && call.end && !call.report; });
    suspect("cancel-escapes", "R10", [](const Call& call) { return call.threw("cancelled"); });
    suspect("error-escapes", "R15", throws_an_error);
    suspect("no-grace", "R10", [](const Call& call) {
        return call.heard(asked, [&](lab::ms at) { return at < call.round->limit(); });
    });
    lab::suspect("M46-polls", "R4", watch.polls > 2, facts(shown));
    suspect("grace-per-task", "R10", [](const Call& call) {
        return call.heard(asked, [&](lab::ms at) { return at > call.round->limit(); });
    });
    suspect("wait-cancels", "R10", asks_nobody);
    suspect("stuck-holds", "R10", is_held_up);
    suspect("M46", "R4", stays_too_long);
    suspect("M34", "R10", leaves_too_early);
    suspect("M31", "R10", counts_requests);
    const bool of_others = std::any_of(calls.begin(), calls.end(), [](const Call& call) {
        return !counts_all_who_left(call) &&
               (counts_errors_as_ends(call) || counts_cancels_as_ends(call));
    });
    suspect("M21-nobody-left", "R15",
            [&](const Call& call) { return !of_others && counts_all_who_left(call); });
    suspect("M21", "R15", counts_errors_as_ends);
    suspect("cancel-counts", "R10", counts_cancels_as_ends);
    lab::suspect("M53", "R6", watch.left() > 0, facts(shown));

    CHECK_TRANSCRIPT(run, right);
    CHECK_MESSAGE(watch.polls <= 2,
                  "your run set timers when nothing had happened: nothing may poll");
    CHECK_MESSAGE(watch.most_requests <= 1, "a task was cancelled twice");
    CHECK_MESSAGE(watch.left() == 0, "a timer of drain was left when it returned");
}
