// check.cpp: decides whether work ends in time or is cut, cleans up and is told as late, and
// whether nothing of the deadline is left behind.
//
// Design: the goal is that a deadline is a cancel, that a cancel takes time, and that two people
// may ask for it: the card and the caller. Each order stands alone in its second, so that its lines
// and timers are its own. Left out on purpose: T = void, a caller that is cancelled when the work
// cleans up already, errors of a clean-up, a cook who returns all the same when his guest leaves, a
// caller that is cancelled at the instant of the end.
// Known machines: throwing before the clean-up is over (M34), a card that stays in the
// drawer (M53), a cancel that comes again in the clean-up (M35), or that the card sends after the
// caller's (M35-card), a cancel that hides the timeout (timeout-lost), a race whose loser runs on
// (loser-runs-on), a look at the end of the time (M46) or again and again (M46-polls), a caller's
// cancel that is told as a timeout (M32) or does not reach the work (work-left-running), work that
// is cancelled before it begins (never-started), a card filed too late (M13-tie), a late result
// that counts (late-result), an error that is told as a timeout (error-lost) or thrown where nobody
// waits (M20), blocking (M25), and the function of the runtime that does most of it.
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using namespace exercise;

LAB_CHECK("05-shutdown/04-implement-deadline")

namespace {

/// Returns: what is said of the end of an order.
std::string ending(const Order& order) {
    return order.name + (order.leaves           ? ": guest has left"
                         : is_cut(order)        ? ": timed out"
                         : !order.error.empty() ? ": failed: " + order.error
                                                : ": served " + std::to_string(order.value));
}

/// An order, and what the run shows of it.
struct Serving {
    Order order;
    lab::ms from; ///< when with_deadline is called
    std::optional<lab::Line> end;
    std::optional<lab::ms> cancelled, clean;

    lab::ms deadline() const { return from + order.deadline; }
    lab::ms asked() const { return from + order.leaves.value_or(order.deadline); }
    lab::Line right_end() const { return {from + ends_after(order), ending(order)}; }
    bool right() const { return end && *end == right_end(); }
    bool ends_as(const std::string& what) const {
        return end && end->text == order.name + ": " + what;
    }
    bool times_out_at(lab::ms time) const { return ends_as("timed out") && end->at == time; }
    bool is_served() const { return ends_as("served " + std::to_string(order.value)); }

    bool outlasts() const { return outlasts_the_deadline(order); }
    bool is_zero() const { return order.deadline == 0ms; }
    bool is_tie() const { return order.takes == order.deadline; }
    bool in_time() const { return !order.leaves && !is_cut(order); }
    bool fails() const { return in_time() && !order.error.empty(); }
};

std::vector<Serving> servings(const Params& p, const lab::Run& run) {
    std::vector<Serving> all;
    const auto lines = run.transcript();
    auto from = 0ms;
    for (const auto& order : p.orders) {
        Serving serving{order, from, std::nullopt, run.when(order.name + ": cancelled"),
                        run.when(order.name + ": clean")};
        for (const auto& line : lines) {
            for (const std::string what : {": served ", ": timed out",
                                           ": failed: ", ": guest has left", ": still waiting"}) {
                if (!serving.end && line.text.rfind(order.name + what, 0) == 0) {
                    serving.end = line;
                }
            }
        }
        all.push_back(serving);
        from += 1s;
    }
    return all;
}

lab::Transcript expected(const std::vector<Serving>& all) {
    lab::Transcript lines;
    for (const auto& serving : all) {
        const auto& order = serving.order;
        if (!serving.in_time()) {
            lines.push_back({serving.asked(), order.name + ": cancelled"});
            lines.push_back({serving.asked() + order.cleanup, order.name + ": clean"});
        }
        lines.push_back(serving.right_end());
    }
    lines.push_back({all.back().from + 1s, "closed"});
    return lines;
}

/// A timer of the run.
struct Timer {
    std::int64_t number;
    lab::ms added, when;
    std::optional<lab::ms> gone; ///< it rang, or it was taken back
};

std::vector<Timer> timers_of(const lab::Run& run) {
    std::vector<Timer> timers;
    for (const auto& event : while_main_runs(run)) {
        const lab::ms now(event.t / 1000);
        if (event.ev == "handle.add" && event.text("kind") == "timer") {
            timers.push_back({event.number("h"), now, lab::ms(event.number("when") / 1000), {}});
        } else if (event.ev == "handle.ready" || event.ev == "handle.cancel") {
            for (auto& timer : timers) {
                if (timer.number == event.number("h") && !timer.gone) {
                    timer.gone = now;
                }
            }
        }
    }
    return timers;
}

/// Returns: the order that had ended rightly when a timer of its own still stood in the drawer.
std::optional<Serving> leaves_a_timer(const std::vector<Serving>& all, const lab::Run& run) {
    const auto timers = timers_of(run);
    for (const auto& serving : all) {
        const auto is_left = [&](const Timer& timer) { // main's own rings when the second is over
            return timer.added >= serving.from && timer.added <= serving.end->at &&
                   timer.when > serving.end->at && timer.when != serving.from + 1s &&
                   (!timer.gone || *timer.gone > serving.end->at);
        };
        if (serving.right() && std::any_of(timers.begin(), timers.end(), is_left)) {
            return serving;
        }
    }
    return std::nullopt;
}

/// Returns: the order whose with_deadline had ended before its deadline, when the sanitizer ended
/// the run and nothing was said in between.
std::optional<Serving> died_of_a_timer(const std::vector<Serving>& all, const lab::Run& run) {
    const auto lines = run.transcript();
    if (!used_what_was_gone(run) || lines.empty()) {
        return std::nullopt;
    }
    for (const auto& serving : all) {
        if (serving.end && serving.end->at < serving.deadline() && lines.back() == *serving.end) {
            return serving;
        }
    }
    return std::nullopt;
}

/// Returns: how many timers ring in a right run: those of main, of guests who leave, of work that
/// is not cut, of clean-ups and of deadlines.
std::size_t rings_wanted(const Params& p) {
    std::size_t rings = 0;
    for (const auto& order : p.orders) {
        rings += order.leaves || is_cut(order) ? 3 : 2;
        rings += outlasts_the_deadline(order) ? 1 : 0;  // a card may ring and do nothing
        rings += order.takes == order.deadline ? 1 : 0; // the work's card is due, and not served
    }
    return rings;
}

bool used(const lab::Run& run, const std::string& function) {
    return run.count("coro.new", "fn", function) > 0;
}

} // namespace

TEST_CASE("work is served in time, or cut at its deadline and cleaned up") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const auto all = servings(p, run);
    const auto find = [&](auto is) { return *std::find_if(all.begin(), all.end(), is); };

    const auto dead = died_of_a_timer(all, run);
    const auto left = dead ? dead : leaves_a_timer(all, run);
    const auto served = find([](const Serving& s) { return s.in_time() && !s.fails(); });
    const auto leaving = find([](const Serving& s) { return s.order.leaves && !s.outlasts(); });
    const auto twice = find([](const Serving& s) { return s.outlasts(); });
    const auto late = find([](const Serving& s) { return s.order.returns_all_the_same; });
    const auto failing = find([](const Serving& s) { return s.fails(); });
    const auto zero = find([](const Serving& s) { return s.is_zero(); });
    const auto tie = find([](const Serving& s) { return s.is_tie(); });
    const auto cut = find([](const Serving& s) {
        return is_cut(s.order) && !s.is_zero() && !s.is_tie() && !s.order.returns_all_the_same;
    });
    const auto rang = run.count("handle.ready");
    const bool guest_goes_first =
        leaving.ends_as("guest has left") && leaving.end->at < leaving.right_end().at;
    const bool others_right = std::all_of(
        all.begin(), all.end(), [](const Serving& s) { return s.right() || s.outlasts(); });
    const bool twice_misread = others_right && twice.times_out_at(twice.right_end().at);
    const auto& misread = twice_misread ? twice : leaving;
    const lab::Facts facts = {{"served", served.order.name},
                              {"served_at", ms_text(served.right_end().at)},
                              {"served_deadline", ms_text(served.deadline())},
                              {"leaving", misread.order.name},
                              {"leaves_at", ms_text(misread.asked())},
                              {"twice", twice.order.name},
                              {"twice_asked", ms_text(twice.asked())},
                              {"twice_deadline", ms_text(twice.deadline())},
                              {"twice_clean", ms_text(twice.right_end().at)},
                              {"late", late.order.name},
                              {"failing", failing.order.name},
                              {"error", failing.order.error},
                              {"zero", zero.order.name},
                              {"tie", tie.order.name},
                              {"tie_at", ms_text(tie.deadline())},
                              {"cut", cut.order.name},
                              {"cut_at", ms_text(cut.deadline())},
                              {"cut_clean", ms_text(cut.right_end().at)},
                              {"left", left ? left->order.name : ""},
                              {"left_end", left ? ms_text(left->end->at) : ""},
                              {"left_deadline", left ? ms_text(left->deadline()) : ""},
                              {"rang", std::to_string(rang)},
                              {"wanted", std::to_string(rings_wanted(p))}};

    lab::suspect("M53", "R8", dead.has_value(), facts);
    lab::run_answer(); // a run that broke off tells no more
    if (used(run, "wait_for") || used(run, "timeout")) {
        lab::reject(lab::Verdict::rejected,
                    "your run called `wait_for` or `timeout`, which is what "
                    "this exercise has you write");
    }
    lab::suspect("M25", "R6", run.count("block") > 0, facts);
    lab::suspect("M20", "R15", run.warned("exception_in_callback"), facts);
    lab::suspect("M46-polls", "R6", rang > rings_wanted(p) + all.size() + 2, facts);
    lab::suspect("loser-runs-on", "R10",
                 cut.times_out_at(cut.deadline()) && cut.cancelled != cut.deadline(), facts);
    lab::suspect("M35", "R10", cut.cancelled == cut.deadline() && !cut.clean, facts);
    lab::suspect("M34", "R10", cut.times_out_at(cut.deadline()) && cut.cancelled == cut.deadline(),
                 facts);
    lab::suspect("M46", "R6",
                 served.end && served.is_served() && served.end->at == served.deadline(), facts);
    lab::suspect("error-lost", "R15", failing.ends_as("timed out"), facts);
    lab::suspect("timeout-lost", "R10",
                 cut.ends_as("guest has left") && cut.end->at == cut.right_end().at, facts);
    lab::suspect("M32", "R10", misread.times_out_at(misread.right_end().at), facts);
    lab::suspect("work-left-running", "R10",
                 guest_goes_first && leaving.cancelled != leaving.end->at, facts);
    lab::suspect("M34-guest", "R10", guest_goes_first && leaving.cancelled == leaving.end->at,
                 facts);
    if (cut.right()) { // there is a deadline, and it works where nothing is special
        lab::suspect("never-started", "R10", zero.times_out_at(zero.from) && !zero.cancelled,
                     facts);
        lab::suspect("M13-tie", "R7", tie.end && tie.end->at == tie.deadline() && !tie.cancelled,
                     facts);
        lab::suspect("late-result", "R10", late.is_served(), facts);
    }
    lab::suspect("M35-card", "R10",
                 others_right && twice.cancelled == twice.asked() && !twice.clean && twice.end &&
                     twice.end->at == twice.deadline(),
                 facts);
    lab::suspect("M53", "R8", left && others_right, facts);

    CHECK_TRANSCRIPT(run, expected(all));
    const std::string whose = left ? left->order.name : "";
    CHECK_MESSAGE(!left,
                  "with_deadline for " << whose << " had ended, and a timer of its own was left");
    CHECK_MESSAGE(rang <= rings_wanted(p), "your run set timers besides one for each deadline; "
                                           "nothing may poll");
    CHECK_MESSAGE(!tasks_were_cut(run), "tasks were left when main had ended");
}
