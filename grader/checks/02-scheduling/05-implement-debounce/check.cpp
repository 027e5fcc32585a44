// check.cpp: decides whether only the last of close calls runs, and the others leave no timer.
//
// Design: the goal is a handle that is remembered and cancelled. Left out on purpose: calls from
// within f, and functions that go away while a call waits. Known machines: cards that nobody tears
// up (M53), a due card that is taken for one that has run (M53-due), cards that are passed over
// but stay (M53-stale), cards torn up by other cards (M53-late), captures that are gone (M23), the
// first call of a group decides (throttle), all values of a group (batch), calls that run at once
// (at-once), the new card torn up (none-left), state that copies do not share (own-copy), state
// that all functions share (one-for-all), a delay for a date (M15), polling (M46), dropped objects
// (M01), blocking (M25).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "../../timers.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("02-scheduling/05-implement-debounce")

namespace {

/// f(value) runs.
struct Running {
    lab::ms at;
    std::size_t call; ///< index of the call whose value it has

    bool operator==(const Running&) const = default;
    bool operator<(const Running& other) const {
        return at != other.at ? at < other.at : call < other.call;
    }
};
using Runs = std::vector<Running>;

std::string called(const Call& call) {
    return function_name(call.function) + "(" + call.value + ") called";
}

std::string runs(const Call& call) {
    return function_name(call.function) + "(" + call.value + ") runs";
}

/// The machine: a call runs after its delay unless a later one forgets it. `forgets(a, b, gap)`:
/// whether b, which comes `gap` after a, forgets a.
template <class Forgets> Runs machine(const Params& p, Forgets forgets) {
    Runs result;
    for (std::size_t a = 0; a < p.calls.size(); ++a) {
        const auto d = p.delays[p.calls[a].function];
        bool forgotten = false;
        for (std::size_t b = a + 1; b < p.calls.size(); ++b) {
            const auto gap = p.calls[b].at - p.calls[a].at;
            forgotten = forgotten || (gap <= d && forgets(p.calls[a], p.calls[b], gap));
        }
        if (!forgotten) {
            result.push_back({p.calls[a].at + d, a});
        }
    }
    std::sort(result.begin(), result.end());
    return result;
}

bool same_function(const Call& a, const Call& b) { return a.function == b.function; }

Runs right_runs(const Params& p) {
    return machine(p, [](const Call& a, const Call& b, lab::ms) { return same_function(a, b); });
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    for (const Call& call : p.calls) {
        lines.push_back({call.at, called(call)});
    }
    for (const Running& one : right_runs(p)) {
        lines.push_back({one.at, runs(p.calls[one.call])});
    }
    return by_time(lines); // at one instant the call, which was filed at 0, is served first (R7)
}

/// Returns: what ran in this run, by time.
Runs actual_runs(const Params& p, const lab::Run& run) {
    Runs result;
    for (const auto& line : run.transcript()) {
        for (std::size_t k = 0; k < p.calls.size(); ++k) {
            if (line.text == runs(p.calls[k])) {
                result.push_back({line.at, k});
            }
        }
    }
    std::sort(result.begin(), result.end());
    return result;
}

lab::ms due(const Params& p, std::size_t call) {
    return p.calls[call].at + p.delays[p.calls[call].function];
}

/// Everything that must run ran, and more.
bool ran_too_much(const Runs& right, const Runs& actual) {
    return actual.size() > right.size() &&
           std::includes(actual.begin(), actual.end(), right.begin(), right.end());
}

/// Returns: the runs that are too many.
Runs superfluous(const Runs& right, const Runs& actual) {
    Runs rest;
    std::set_difference(actual.begin(), actual.end(), right.begin(), right.end(),
                        std::back_inserter(rest));
    return rest;
}

/// Forgotten calls ran all the same, each when its own delay was over.
bool old_cards_ran(const Params& p, const Runs& right, const Runs& actual) {
    const Runs rest = superfluous(right, actual);
    return ran_too_much(right, actual) &&
           std::all_of(rest.begin(), rest.end(), [&](const Running& one) {
               return one.at == due(p, one.call) &&
                      std::find(right.begin(), right.end(), one) == right.end();
           });
}

/// The same, but only those that a call at the very moment of their date should have forgotten.
bool due_cards_ran(const Params& p, const Runs& actual) {
    return actual == machine(p, [&](const Call& a, const Call& b, lab::ms gap) {
               return same_function(a, b) && gap < p.delays[a.function];
           });
}

/// Values of forgotten calls came along when the last one ran.
bool ran_in_groups(const Params& p, const Runs& right, const Runs& actual) {
    const Runs rest = superfluous(right, actual);
    return ran_too_much(right, actual) &&
           std::all_of(rest.begin(), rest.end(), [&](const Running& one) {
               return std::any_of(right.begin(), right.end(), [&](const Running& last) {
                   return last.at == one.at && last.call > one.call &&
                          same_function(p.calls[last.call], p.calls[one.call]);
               });
           });
}

/// Something ran when the delay of a call was over that a later one should have forgotten, and the
/// later one did not run in its own time.
bool first_of_a_group_decides(const Params& p, const Runs& right, const Runs& actual) {
    const auto is_last = [&](const Call& call) { // of its group
        return std::any_of(right.begin(), right.end(),
                           [&](const Running& one) { return &p.calls[one.call] == &call; });
    };
    const auto of_a_group = [&](const Running& one) {
        return std::any_of(p.calls.begin(), p.calls.end(), [&](const Call& first) {
            return same_function(first, p.calls[one.call]) && first.at < one.at &&
                   first.at + p.delays[first.function] == one.at && !is_last(first);
        });
    };
    return !std::includes(actual.begin(), actual.end(), right.begin(), right.end()) &&
           std::any_of(actual.begin(), actual.end(), of_a_group);
}

/// A card was torn up while another one of the answer's was being served.
bool torn_up_by_a_card(const lab::Run& run, const std::vector<Timer>& timers) {
    const auto& events = run.events();
    return std::any_of(timers.begin(), timers.end(), [&](const Timer& served) {
        std::size_t end = served.last;
        while (served.ran && end < events.size() && events[end].ev != "handle.end") {
            ++end;
        }
        return std::any_of(timers.begin(), timers.end(), [&](const Timer& other) {
            return other.cancelled && served.last < other.last && other.last < end;
        });
    });
}

bool ran_at_once(const Params& p, const Runs& actual) {
    return !actual.empty() && std::all_of(actual.begin(), actual.end(), [&](const Running& one) {
        return one.at == p.calls[one.call].at;
    });
}

/// All timers have the delay as their date, whenever they were set.
bool delay_as_date(const Params& p, const std::vector<Timer>& timers) {
    return std::all_of(timers.begin(), timers.end(),
                       [&](const Timer& timer) {
                           return std::find(p.delays.begin(), p.delays.end(), timer.when) !=
                                  p.delays.end();
                       }) &&
           std::any_of(timers.begin(), timers.end(),
                       [](const Timer& timer) { return timer.set_at > 0ms; });
}

} // namespace

TEST_CASE("only the last of close calls runs, and the others leave no timer") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    CHECK_TRANSCRIPT(run, expected(p));
    lab::suspect("M23", "R5", used_what_was_gone(run));
    lab::run_answer(); // a run that broke off tells no more

    const Runs right = right_runs(p);
    const Runs actual = actual_runs(p, run);
    const auto timers = timers_of(run, p.calls.size() + 1); // without the driver's
    const std::size_t calls = p.calls.size();
    const std::size_t most = most_alive(run, timers);
    const std::size_t extra = timers.size() > calls ? timers.size() - calls : 0;
    const bool wrong = actual != right;
    const lab::Facts facts = {{"d", ms_text(p.delays[0])},
                              {"calls", std::to_string(calls)},
                              {"ran", std::to_string(actual.size())},
                              {"due", std::to_string(right.size())},
                              {"most", std::to_string(most)},
                              {"extra_timers", std::to_string(extra)}};

    lab::suspect("M25", "R6", run.count("block") > 0, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("M46", "R6", extra > 0, facts);
    lab::suspect("M15", "R8", delay_as_date(p, timers), facts);
    lab::suspect("at-once", "R8", ran_at_once(p, actual), facts);
    lab::suspect("own-copy", "R8",
                 wrong && actual == machine(p,
                                            [](const Call& a, const Call& b, lab::ms) {
                                                return same_function(a, b) &&
                                                       a.by_copy == b.by_copy;
                                            }),
                 facts);
    lab::suspect("one-for-all", "R8",
                 wrong &&
                     actual == machine(p, [](const Call&, const Call&, lab::ms) { return true; }),
                 facts);
    lab::suspect("M53-due", "R7", wrong && due_cards_ran(p, actual), facts);
    lab::suspect("M53", "R8", old_cards_ran(p, right, actual), facts);
    lab::suspect("batch", "R6", ran_in_groups(p, right, actual), facts);
    lab::suspect("M53-late", "R8", wrong && torn_up_by_a_card(run, timers), facts);
    lab::suspect("throttle", "R6",
                 timers.size() < calls && first_of_a_group_decides(p, right, actual), facts);
    lab::suspect("none-left", "R8", actual.empty() && !timers.empty() && timers.back().cancelled,
                 facts);
    lab::suspect("M53-stale", "R8", !wrong && most > p.delays.size(), facts);

    CHECK_MESSAGE(most <= p.delays.size(), "your run had more timers at a time than functions: "
                                           "calls that were forgotten still wait for their date");
    CHECK_MESSAGE(extra == 0, "your run set more timers than there were calls; nothing may poll");
    CHECK_MESSAGE(!run.warned("exception_in_callback"), "an exception left a callback of your run");
    CHECK_MESSAGE(alive_at(timers, run.events().size() - 1) == 0,
                  "timers of your run were left when the program was over");
}
