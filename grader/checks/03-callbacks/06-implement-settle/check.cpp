// check.cpp: decides whether settle_all waits for all, tells how each ended, and hands a cancel on.
//
// Design: the goal is to see where the error of a task is kept, and that one await can bring two
// sorts of cancel. The lines of one instant may stand in any order, and a call that is cancelled
// may hand the cancel on when it has awaited a child that ends at once. Left out on purpose: a
// cancel during the clean-up, errors of the clean-up. Known machines: the end at the first error
// (M22), which may also stop the others (M22-stopped), results by finish (M08), children in a row
// (M02), a result before it is there (M24-pending), errors or a child's cancel that leave the
// function (error-escapes, cancel-escapes) or are told wrongly (error-mistold, cancel-mistold), a
// cancel that ends nothing (M32), that is not handed on (children-run-on), that is not waited for
// (M34), that comes twice (M35), an empty list (empty-list), looking again and again (M46),
// dropped objects (M01), blocking (M25).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("03-callbacks/06-implement-settle")

namespace {

/// Returns: what is said of the piece with that number.
std::string told(std::size_t number, const DrawnChild& child) {
    return std::to_string(number) + ": " +
           (child.cancelled_at    ? "cancelled"
            : child.error.empty() ? "value " + std::to_string(child.value)
                                  : "error " + child.error);
}

lab::ms last_end(const std::vector<DrawnChild>& children) {
    return end_of(children[by_end(children).back()]);
}

/// The first call: children that end in all three ways.
lab::Transcript first_call(const Params& p) {
    lab::Transcript lines;
    const lab::ms end = last_end(p.first);
    for (const auto& child : p.first) {
        lines.push_back({0ms, child.name + ": begins"});
        lines.push_back({end_of(child), child.name + (child.cancelled_at    ? ": stopped"
                                                      : child.error.empty() ? ": done"
                                                                            : ": fails")});
    }
    lines.push_back({end, "settled " + std::to_string(p.first.size())});
    for (std::size_t i = 0; i < p.first.size(); ++i) {
        lines.push_back({end, told(i, p.first[i])});
    }
    return by_time(lines);
}

bool is_cut(const DrawnChild& child, const Params& p) { return child.delay > p.cancel; }

/// The third call: it is cancelled, and some of its children with it.
lab::Transcript third_call(const Params& p) {
    lab::Transcript lines;
    const lab::ms cancel = p.second_at + p.cancel;
    lab::ms end = cancel;
    for (const auto& child : p.third) {
        lines.push_back({p.second_at, child.name + ": begins"});
        if (!is_cut(child, p)) {
            lines.push_back({p.second_at + child.delay, child.name + ": done"});
            continue;
        }
        lines.push_back({cancel, child.name + ": stopped"});
        if (child.clean_up > 0ms) {
            end = cancel + child.clean_up;
            lines.push_back({end, child.name + ": cleaned up"});
        }
    }
    lines.push_back({end, "settle_all: cancelled"});
    return by_time(lines);
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines = first_call(p);
    lines.push_back({p.second_at, "settled 0"});
    const auto third = third_call(p);
    lines.insert(lines.end(), third.begin(), third.end());
    return lines;
}

/// Returns: how many timers driver and children set if each child lives as long as it may.
std::size_t timers_wanted(const Params& p) {
    const std::size_t of_the_driver = 3;
    const std::size_t cancels_and_clean_up = 2;
    return of_the_driver + p.first.size() + p.third.size() + cancels_and_clean_up;
}

/// Returns: how many of these are not cancelled: those of the children that are cut short are.
std::size_t timers_that_ring(const Params& p) {
    const auto cut = [](const DrawnChild& child) { return child.cancelled_at.has_value(); };
    const auto cut_short = std::count_if(p.first.begin(), p.first.end(), cut) +
                           std::count_if(p.third.begin(), p.third.end(),
                                         [&](const DrawnChild& child) { return is_cut(child, p); });
    return timers_wanted(p) - static_cast<std::size_t>(cut_short);
}

/// Returns: the lines from `from` on, and before `to`.
lab::Transcript lines_between(const lab::Run& run, lab::ms from, lab::ms to) {
    lab::Transcript lines;
    for (const auto& line : run.transcript()) {
        if (line.at >= from && line.at < to) {
            lines.push_back(line);
        }
    }
    return lines;
}

std::optional<lab::ms> when(const lab::Transcript& lines, const std::string& beginning) {
    for (const auto& line : lines) {
        if (line.text.rfind(beginning, 0) == 0) {
            return line.at;
        }
    }
    return std::nullopt;
}

/// What came out of the first call.
struct FirstCall {
    explicit FirstCall(const Params& p, const lab::Run& run)
        : children(p.first), lines(lines_between(run, 0ms, p.second_at)) {
        for (std::size_t i = 0; i < children.size(); ++i) {
            for (const auto& line : lines) {
                if (line.text.rfind(std::to_string(i) + ": ", 0) == 0) {
                    results.push_back(line.text);
                    break;
                }
            }
        }
    }

    std::vector<DrawnChild> children;
    lab::Transcript lines;
    std::vector<std::string> results; ///< what is told of each piece, by number

    bool right(const Params& p) const {
        const auto wanted = first_call(p);
        return std::is_permutation(lines.begin(), lines.end(), wanted.begin(), wanted.end());
    }

    bool in_a_row() const {
        return std::any_of(children.begin(), children.end(), [&](const DrawnChild& child) {
            const auto begun = when(lines, child.name + ": begins");
            return begun && *begun > 0ms;
        });
    }

    bool asks_too_early() const {
        return std::any_of(lines.begin(), lines.end(), [](const lab::Line& line) {
            return line.text.find("the result is not there yet") != std::string::npos;
        });
    }

    bool stops_others() const {
        return std::any_of(children.begin(), children.end(), [&](const DrawnChild& child) {
            return !child.cancelled_at && when(lines, child.name + ": stopped");
        });
    }

    /// It returned when something had gone wrong, and others were still at work.
    bool ends_early() const {
        const auto end = when(lines, "settled ");
        return end && *end < last_end(children) &&
               std::any_of(
                   children.begin(), children.end(),
                   [&](const DrawnChild& child) {
                       return (child.cancelled_at || !child.error.empty()) && end_of(child) <= *end;
                   });
    }

    bool by_finish() const {
        const auto order = by_end(children);
        std::vector<std::string> finished;
        for (std::size_t i = 0; i < order.size(); ++i) {
            finished.push_back(told(i, children[order[i]]));
        }
        return results == finished;
    }

    /// Of all results those that `which` picks are told wrongly, and no others.
    template <class Which> bool mistold(Which which) const {
        bool some = false;
        for (std::size_t i = 0; i < children.size(); ++i) {
            const bool right = i < results.size() && results[i] == told(i, children[i]);
            if (!right && !which(children[i])) {
                return false;
            }
            some = some || !right;
        }
        return some && results.size() == children.size();
    }
};

/// What came out of the third call.
struct ThirdCall {
    explicit ThirdCall(const Params& p, const lab::Run& run)
        : lines(lines_between(run, p.second_at, 1000000ms)), cancel(p.second_at + p.cancel),
          end(when(lines, "settle_all: cancelled")) {
        for (const auto& child : p.third) {
            if (is_cut(child, p)) {
                cut.push_back(child);
            }
        }
    }

    std::vector<DrawnChild> cut;
    lab::Transcript lines;
    lab::ms cancel;
    std::optional<lab::ms> end;

    /// It went on as if nobody had cancelled it.
    bool ignores_the_cancel() const {
        return !end && std::any_of(lines.begin(), lines.end(), [&](const lab::Line& line) {
            return line.at >= cancel && line.text.rfind("settled ", 0) == 0;
        });
    }

    bool somebody_runs_on() const {
        return std::any_of(cut.begin(), cut.end(), [&](const DrawnChild& child) {
            return when(lines, child.name + ": done").has_value();
        });
    }

    bool all_are_stopped() const {
        return std::all_of(cut.begin(), cut.end(), [&](const DrawnChild& child) {
            return when(lines, child.name + ": stopped") == cancel;
        });
    }

    /// Returns: the child that cleans up.
    const DrawnChild& cleaner() const {
        return *std::find_if(cut.begin(), cut.end(),
                             [](const DrawnChild& child) { return child.clean_up > 0ms; });
    }

    bool cleans_up() const { return when(lines, cleaner().name + ": cleaned up").has_value(); }
};

void suspect_third(const ThirdCall& third, const lab::Facts& facts) {
    lab::suspect("M32", "R10", third.ignores_the_cancel(), facts);
    lab::suspect("children-run-on", "R10", third.somebody_runs_on(), facts);
    lab::suspect("M34", "R10",
                 third.all_are_stopped() && third.cleans_up() && third.end == third.cancel, facts);
    lab::suspect("M35", "R10", third.all_are_stopped() && !third.cleans_up(), facts);
}

} // namespace

TEST_CASE("every piece of work comes to its end, and what that was is told") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    if (run.count("future.done", "what", "gather_settled") > 0) {
        lab::reject(lab::Verdict::rejected,
                    "your run called `gather_settled`, which is what this exercise has you write");
    }
    const FirstCall first(p, run);
    const ThirdCall third(p, run);
    const auto timers = run.timers_added();
    const auto rang = run.count("handle.ready"); // a limit that is cancelled is no look
    const auto extra = timers - std::min(timers, timers_wanted(p));
    const auto failed = std::find_if(p.first.begin(), p.first.end(),
                                     [](const DrawnChild& child) { return !child.error.empty(); });
    const auto stopped = std::find_if(p.first.begin(), p.first.end(), [](const DrawnChild& child) {
        return child.cancelled_at.has_value();
    });
    const lab::Facts facts = {{"extra_timers", std::to_string(extra)},
                              {"error", failed->error},
                              {"failed", failed->name},
                              {"stopped", stopped->name},
                              {"end", ms_text(last_end(p.first))},
                              {"cancel", ms_text(third.cancel)},
                              {"cleaner", third.cleaner().name},
                              {"clean_up", ms_text(third.cleaner().clean_up)}};
    const bool first_escapes = when(first.lines, "settle_all: threw").has_value();

    lab::suspect("M25", "R6", run.count("block") > 0, facts);
    lab::suspect("M46", "R4", extra > 0 && rang > timers_that_ring(p), facts);
    lab::suspect("M24-pending", "R3", first.asks_too_early(), facts);
    lab::suspect("M02", "R3", first.in_a_row(), facts);
    lab::suspect("cancel-escapes", "R10", when(first.lines, "settle_all: cancelled").has_value(),
                 facts);
    lab::suspect("M22-stopped", "R15", first.stops_others(), facts);
    lab::suspect("error-escapes", "R15", first_escapes, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("M22", "R15", first.ends_early(), facts);
    lab::suspect("M08", "R17", first.by_finish(), facts);
    lab::suspect("cancel-mistold", "R10",
                 first.mistold([](const DrawnChild& child) { return child.cancelled_at; }), facts);
    lab::suspect("error-mistold", "R15",
                 first.mistold([](const DrawnChild& child) { return !child.error.empty(); }),
                 facts);
    lab::suspect("empty-list", "R3", !first_escapes && !run.contains("settled 0"), facts);
    if (first.right(p)) { // one thing at a time: what ends the first call ends the third as well
        suspect_third(third, facts);
    }

    CHECK_TRANSCRIPT_UNORDERED_TIES(run, expected(p));
    CHECK_MESSAGE(extra == 0, "your run set timers besides those of the work; nothing may poll");
}
