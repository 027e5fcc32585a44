// check.cpp: decides whether a blocking function is applied to all items, some at a time.
//
// Design: the goal is a limit that is kept and used up at every moment, and what follows for it
// from an error and from a cancel. The lines of one instant may stand in any order. A call that is
// cancelled may end at once or when its jobs have. Left out on purpose: a limit below 1, errors of
// the pool. Known machines: one by one (M26), waves (M28-waves), a wait for the oldest job (M05),
// more in the pool than the limit (M43), another pool (another-pool), results by end (M08), an
// error that stops nobody (M22, error-noticed-late), that does not wait (throws-at-once), that is
// the wrong one (another-error) or nobody's (error-swallowed), a cancel that stops nobody
// (children-run-on), that is swallowed (M32), that leaves an error for nobody (M21), looking again
// and again (M46), blocking (M25), a lambda where g++ 12 breaks it (lambda-in-await).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("04-executors/06-implement-map-blocking")

namespace {

std::string list_text(const Call& call, const std::vector<std::size_t>& order) {
    std::string text;
    for (const std::size_t i : order) {
        text += (text.empty() ? "" : ", ") + std::to_string(10 * call.items[i].number);
    }
    return call.name + ": [" + text + "]";
}

std::string list_text(const Call& call) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < call.items.size(); ++i) {
        order.push_back(i);
    }
    return list_text(call, order);
}

std::string item_text(const Call& call, std::size_t i) {
    return call.name + " " + std::to_string(call.items[i].number);
}

std::string error_text(const Call& call, std::size_t i) {
    return call.name + ": failed: " + item_text(call, i) + " is rotten";
}

lab::ms last_end(const Plan& plan, const std::vector<std::size_t>& of) {
    lab::ms end = 0ms;
    for (const std::size_t i : of) {
        end = std::max(end, plan.end[i]);
    }
    return end;
}

bool fails(const Call& call) {
    return !call.cancel && std::any_of(call.items.begin(), call.items.end(),
                                       [](const Item& item) { return item.rotten; });
}

/// One call, and what came of it.
struct Seen {
    Seen(const Call& of, lab::ms begin, const lab::Run& run)
        : call(of), from(begin), plan(fifo(of)) {
        for (std::size_t i = 0; i < call.items.size(); ++i) {
            begun.push_back(run.when(item_text(call, i) + " begins"));
        }
        for (const auto& line : run.transcript()) {
            if (line.text.rfind(call.name + ": ", 0) == 0 && !end) {
                end = line;
            }
        }
        std::size_t inside = 0;
        for (const auto& event : run.events()) {
            if (event.t >= from.count() * 1000 && event.t < (from + call.over()).count() * 1000) {
                inside += event.ev == "exec.submit" ? 1 : 0;
                inside -= event.ev == "exec.end" || event.ev == "exec.drop" ? 1 : 0;
                most_inside = std::max(most_inside, inside);
            }
        }
    }

    Call call;
    lab::ms from;
    Plan plan;                                 ///< as it must be, counted from `from`
    std::vector<std::optional<lab::ms>> begun; ///< by item
    std::optional<lab::Line> end;              ///< the first line about the call as a whole
    std::size_t most_inside = 0;               ///< jobs in the pool

    lab::ms stop() const { ///< from here on nothing begins
        return call.cancel ? *call.cancel : plan.end[first_error(call, plan)];
    }
    /// Returns: when the call is over, at the latest.
    lab::ms latest_end() const {
        if (call.cancel || fails(call)) {
            return last_end(plan, running(plan, stop()));
        }
        return call.items.empty() ? 0ms : *std::max_element(plan.end.begin(), plan.end.end());
    }
    bool ended_with(const std::string& text) const { return end && end->text == text; }
    bool ended_as(const std::string& how) const {
        return end && end->text.rfind(call.name + ": " + how, 0) == 0;
    }

    lab::Transcript expected() const {
        lab::Transcript lines;
        for (std::size_t i = 0; i < plan.begin.size(); ++i) {
            if ((call.cancel || fails(call)) && plan.begin[i] >= stop()) {
                break;
            }
            lines.push_back({from + plan.begin[i], item_text(call, i) + " begins"});
        }
        if (call.cancel) { // at the moment of the cancel, or when the last job has ended
            const bool later = ended_as("cancelled") && end->at > from + *call.cancel &&
                               end->at <= from + latest_end();
            lines.push_back({later ? end->at : from + *call.cancel, call.name + ": cancelled"});
        } else {
            lines.push_back({from + latest_end(), fails(call)
                                                      ? error_text(call, first_error(call, plan))
                                                      : list_text(call)});
        }
        return by_time(lines);
    }

    /// What happened before an error or a cancel was right.
    bool right_so_far() const {
        for (std::size_t i = 0; i < begun.size(); ++i) {
            if (plan.begin[i] < stop() && begun[i] != from + plan.begin[i]) {
                return false;
            }
        }
        return true;
    }
    bool begins_as(const Plan& other) const {
        for (std::size_t i = 0; i < begun.size(); ++i) {
            if (begun[i] != from + other.begin[i]) {
                return false;
            }
        }
        return !begun.empty();
    }
    bool one_by_one() const {
        lab::ms now = from;
        for (std::size_t i = 0; i < begun.size(); ++i) {
            if (begun[i] != now) {
                return false;
            }
            now += call.items[i].delay;
        }
        return begun.size() > 1;
    }
    /// Returns: how many items were at work at the same time, at most.
    int side_by_side() const {
        int most = 0;
        for (const auto& at : begun) {
            int now = 0;
            for (std::size_t i = 0; i < begun.size(); ++i) {
                now += at && begun[i] && *begun[i] <= *at && *begun[i] + call.items[i].delay > *at;
            }
            most = std::max(most, now);
        }
        return most;
    }
    bool begins_after_the_stop() const {
        return std::any_of(begun.begin(), begun.end(),
                           [&](const auto& at) { return at && *at >= from + stop(); });
    }
};

lab::ms blocked_loop(const lab::Run& run) {
    std::int64_t sum = 0;
    for (const auto& event : run.events()) {
        sum += event.ev == "block" && event.lane == "loop" ? event.number("dur") : 0;
    }
    return lab::ms(sum / 1000);
}

/// What an error or a cancel must stop. A run that broke off can show these as well.
void suspect_the_end(const Seen& failing, const Seen& cancelled, const lab::Run& run,
                     const lab::Facts& facts) {
    const bool early =
        failing.ended_as("failed") && failing.end->at < failing.from + failing.latest_end();
    const bool crashed = used_what_was_gone(run);
    lab::suspect("error-swallowed", "R15", failing.ended_as("["), facts);
    lab::suspect("M22", "R15", early && (crashed || failing.begins_after_the_stop()), facts);
    lab::suspect("throws-at-once", "R15", early, facts);
    lab::suspect("error-noticed-late", "R15", failing.begins_after_the_stop(), facts);
    lab::suspect(
        "another-error", "R15",
        failing.ended_as("failed") &&
            !failing.ended_with(error_text(failing.call, first_error(failing.call, failing.plan))),
        facts);
    lab::suspect("M32", "R10", cancelled.ended_as("[") || cancelled.ended_as("failed"), facts);
    lab::suspect("children-run-on", "R10",
                 cancelled.begins_after_the_stop() || (crashed && cancelled.end), facts);
}

} // namespace

TEST_CASE("at most so many items are at work, and no free place is left empty") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    std::vector<Seen> seen;
    lab::ms from = 0ms;
    lab::Transcript right;
    for (const Call& call : p.calls()) {
        seen.emplace_back(call, from, run);
        const auto lines = seen.back().expected();
        right.insert(right.end(), lines.begin(), lines.end());
        from += call.over();
    }
    const Seen& narrow = seen[0];
    const Seen& wide = seen[1];
    const Seen& failing = seen[2];
    const Seen& cancelled = seen[3];

    const std::size_t timers_of_the_driver = p.calls().size() + 1;
    const auto timers = run.timers_added();
    const auto extra = timers - std::min(timers, timers_of_the_driver);
    const bool looks = extra > 0 && run.count("handle.ready") > timers_of_the_driver;
    const auto too_full = std::find_if(seen.begin(), seen.end(), [](const Seen& one) {
        return one.most_inside > static_cast<std::size_t>(one.call.limit);
    });
    const Seen& full = too_full == seen.end() ? narrow : *too_full;
    const auto first = first_error(failing.call, failing.plan);
    const lab::Facts facts = {
        {"extra_timers", std::to_string(extra)},
        {"limit", std::to_string(full.call.limit)},
        {"most", std::to_string(full.most_inside)},
        {"name", full.call.name},
        {"narrow", narrow.call.name},
        {"narrow_limit", std::to_string(narrow.call.limit)},
        {"wide", wide.call.name},
        {"workers", std::to_string(wide.call.workers)},
        {"at_work", std::to_string(wide.side_by_side())},
        {"rotten", item_text(failing.call, first)},
        {"rotten_at", ms_text(failing.from + failing.stop())},
        {"failing_end", ms_text(failing.from + failing.latest_end())},
        {"cancelled", cancelled.call.name},
        {"cancel", ms_text(cancelled.from + cancelled.stop())},
    };

    lab::suspect("lambda-in-await", "R3", destroyed_twice(run) && !narrow.end, facts);
    const auto peaceful = [](const Seen& one) {
        return one.begins_as(one.plan) &&
               one.end == lab::Line{one.from + one.latest_end(), list_text(one.call)};
    };
    const bool one_thing_at_a_time =
        peaceful(narrow) && peaceful(wide) && failing.right_so_far() && cancelled.right_so_far();
    if (run.exit().empty()) {
        if (peaceful(narrow) && peaceful(wide) && failing.right_so_far()) {
            suspect_the_end(failing, cancelled, run, facts);
        }
        lab::run_answer(); // a run that broke off tells no more
    }
    lab::suspect("M25", "R6", blocked_loop(run) > 0ms, facts);
    lab::suspect("M46", "R4", looks, facts);
    lab::suspect("another-pool", "R9", wide.side_by_side() > wide.call.workers, facts);
    lab::suspect("M43", "R9", too_full != seen.end(), facts);
    lab::suspect("M26", "R3", narrow.one_by_one(), facts);
    lab::suspect("M05", "R9", narrow.begins_as(oldest_first(narrow.call)), facts);
    lab::suspect("M28-waves", "R9", narrow.begins_as(in_waves(narrow.call)), facts);
    lab::suspect("M08", "R17", narrow.ended_with(list_text(narrow.call, by_end(narrow.plan))),
                 facts);
    if (one_thing_at_a_time) {
        suspect_the_end(failing, cancelled, run, facts);
        lab::suspect("M21", "R15", run.warned("exception_never_retrieved"), facts);
    }

    lab::run_answer();
    CHECK_TRANSCRIPT_UNORDERED_TIES(run, right);
    CHECK_MESSAGE(too_full == seen.end(), "your run had more jobs in the pool than the limit");
    CHECK_MESSAGE(!looks, "your run set timers besides those of the case; nothing may poll");
    CHECK_MESSAGE(!run.warned("exception_never_retrieved"),
                  "an error of a job was reported, because nobody had asked for it");
}
