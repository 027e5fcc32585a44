// check.cpp: decides whether the delays went into the list in the order in which their cards ran.
//
// Design: the goal is one card for each delay, filed at once, and a wait that lasts until all have
// run. The list alone does not show who filled it, so the trace must show a timer's callback on
// every date. Left out on purpose: cancelling, late timers. Known machines: the order of the calls
// (M14), waits in a row (M02), no wait (M09), one that is too short (M46-short) or guessed (M46),
// blocking (M25), a sleep that nobody runs (M01), a date for a delay or another unit (M15), a
// captured variable that goes on changing (M23), a second list (another-list), one entry for equal
// delays (equal-delays), the clock's time for the delay (read-the-clock), sleeps in place of
// callbacks (no-callbacks).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <cstdlib>

using namespace exercise;

LAB_CHECK("02-scheduling/02-three-timers")

namespace {

using Micros = std::vector<std::int64_t>; ///< sorted when it is compared as a set

/// One timer that the answer filed.
struct Card {
    std::int64_t handle, added, when;
    bool is_a_sleep;       ///< it wakes up a sleep(): not a callback of the answer's own
    std::int64_t ran = -1; ///< when its callback began
};

/// Returns: the cards of the answer, in the order in which they were filed.
std::vector<Card> cards_of(const lab::Run& run, const Params& p) {
    std::vector<Card> cards;
    std::vector<std::pair<std::int64_t, std::int64_t>> tickets; // the card's number, its ticket's
    const auto events = while_main_runs(run);
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto& event = events[i];
        const std::int64_t handle = event.number("h");
        const bool sleeps = i + 1 < events.size() && events[i + 1].ev == "coro.suspend" &&
                            events[i + 1].text("on").rfind("a timer: sleep", 0) == 0;
        if (event.ev == "handle.add" && event.text("kind") == "timer" &&
            event.t >= p.start.count() * 1000) {
            cards.push_back({handle, event.t, event.number("when"), sleeps});
        } else if (event.ev == "handle.ready") {
            tickets.emplace_back(handle, event.number("as"));
        } else if (event.ev == "handle.begin") {
            for (Card& card : cards) {
                if (std::count(tickets.begin(), tickets.end(), std::pair(card.handle, handle))) {
                    card.ran = event.t;
                }
            }
        }
    }
    return cards;
}

lab::ms longest(const Params& p) { return *std::max_element(p.delays.begin(), p.delays.end()); }

lab::ms sum(const Params& p) {
    lab::ms total = 0ms;
    for (const auto delay : p.delays) {
        total += delay;
    }
    return total;
}

lab::ms end(const Params& p) { return p.start + longest(p) + 200ms; }

std::vector<std::string> texts(const std::vector<lab::ms>& delays, lab::ms more = 0ms) {
    std::vector<std::string> result;
    for (const auto delay : delays) {
        result.push_back(text_of(delay + more));
    }
    return result;
}

std::vector<lab::ms> sorted(std::vector<lab::ms> delays) {
    std::sort(delays.begin(), delays.end());
    return delays;
}

std::string line_with(const std::vector<std::string>& list) {
    return "Callback order: " + list_text(list);
}

/// What the answer did, as the recognisers ask for it.
struct Answer {
    const Params& p;
    std::vector<Card> cards;
    std::string line; ///< "Callback order: [...]", or ""
    lab::ms returned = 0ms;

    Answer(const Params& drawn, const lab::Run& run) : p(drawn), cards(cards_of(run, drawn)) {
        if (const auto lines = run.transcript(); !lines.empty()) {
            line = lines.front().text;
            returned = lines.front().at;
        }
    }

    bool returned_list(const std::vector<std::string>& list) const {
        return line == line_with(list);
    }

    bool list_is_right() const { return returned_list(texts(sorted(p.delays))); }

    /// Returns: how many entries the list has.
    std::size_t entries() const {
        const auto commas = std::count(line.begin(), line.end(), ',');
        return line.empty() || line == line_with({}) ? 0 : static_cast<std::size_t>(commas) + 1;
    }

    /// Returns: the dates of the callbacks, counted from the call, as they were filed.
    Micros filed() const {
        Micros dates;
        for (const Card& card : cards) {
            if (!card.is_a_sleep) {
                dates.push_back(card.when - p.start.count() * 1000);
            }
        }
        std::sort(dates.begin(), dates.end());
        return dates;
    }

    /// Returns: for how many delays a timer's callback began on its date. A run on the real clock
    /// may be late by what the machine needs.
    std::size_t ran_on_date(bool real_clock) const {
        std::vector<Card> left = cards; // the earliest first: a late one may suit two dates
        std::sort(left.begin(), left.end(),
                  [](const Card& a, const Card& b) { return a.ran < b.ran; });
        std::size_t count = 0;
        for (const auto delay : sorted(p.delays)) {
            const std::int64_t due = (p.start + delay).count() * 1000;
            const std::int64_t tolerance =
                real_clock ? 100'000 + due * 15 / 100 : 0; // as for lines
            const auto card = std::find_if(left.begin(), left.end(), [&](const Card& one) {
                return !one.is_a_sleep && one.ran >= due && one.ran <= due + tolerance;
            });
            if (card != left.end()) {
                left.erase(card);
                ++count;
            }
        }
        return count;
    }

    /// Returns: whether no callback was to run later than at the call.
    bool filed_nothing() const { return filed().empty() || filed().back() <= 0; }

    bool all_ran_on_date() const { return ran_on_date(false) == p.delays.size(); }
};

/// Returns: the delays in microseconds, as they would be in another unit or on another time line.
Micros microseconds(const Params& p, double factor, lab::ms shift = 0ms) {
    Micros result;
    for (const auto delay : p.delays) {
        const double us = 1000.0 * static_cast<double>(delay.count()) * factor;
        result.push_back(static_cast<std::int64_t>(us) - shift.count() * 1000);
    }
    std::sort(result.begin(), result.end());
    return result;
}

/// The cards carry the delays as dates of the loop's time line, or in a unit that is 1000 times (or
/// a million times) too large, or 1000 times too small: then all run at once, but in order. Cards
/// for "now" tell nothing about units.
bool filed_under_other_dates(const Answer& answer) {
    const Params& p = answer.p;
    const Micros filed = answer.filed();
    const bool for_now =
        std::all_of(filed.begin(), filed.end(), [](auto date) { return date == 0; });
    const bool too_small = filed == microseconds(p, 1e-3);
    return !for_now && ((p.start > 0ms && filed == microseconds(p, 1, p.start)) ||
                        filed == microseconds(p, 1e3) || filed == microseconds(p, 1e6) ||
                        (too_small && answer.list_is_right()));
}

/// Each card carries the sum of all delays up to its own.
bool filed_in_a_row(const Answer& answer) {
    Micros sums;
    for (const auto delay : answer.p.delays) {
        sums.push_back((sums.empty() ? 0 : sums.back()) + delay.count() * 1000);
    }
    return sums.size() > 1 && answer.filed() == sums;
}

/// Each wait, or each card, began when the one before it was over.
bool waited_in_a_row(const Answer& answer) {
    const Params& p = answer.p;
    const bool later = std::any_of(answer.cards.begin(), answer.cards.end(), [&](const Card& card) {
        return card.added > p.start.count() * 1000;
    });
    const lab::ms took = answer.returned - p.start;
    return filed_in_a_row(answer) ||
           (p.delays.size() > 1 && later && (took == sum(p) || took == sum(p) + 200ms));
}

/// All callbacks ran on their dates, but each appended the same delay.
bool appended_one_delay(const Answer& answer) {
    const Params& p = answer.p;
    const auto count = p.delays.size();
    return answer.all_ran_on_date() && sorted(p.delays).front() != longest(p) &&
           std::any_of(p.delays.begin(), p.delays.end(), [&](lab::ms delay) {
               return answer.returned_list(std::vector<std::string>(count, text_of(delay)));
           });
}

/// The list has the order of the arguments. Where that is the order of the dates as well, the trace
/// decides.
bool kept_the_order_of_the_calls(const Answer& answer) {
    const Params& p = answer.p;
    return p.delays.size() > 1 && answer.returned_list(texts(p.delays)) &&
           !waited_in_a_row(answer) && (p.delays != sorted(p.delays) || answer.filed_nothing());
}

/// The list was handed over before the last callback was due.
bool left_too_early(const Answer& answer, const lab::Run& run) {
    const Params& p = answer.p;
    auto all = texts(sorted(p.delays));
    const bool some_missing = answer.entries() < all.size();
    all.resize(std::min(all.size(), answer.entries()));
    const bool still_to_run =
        std::any_of(answer.cards.begin(), answer.cards.end(), [&](const Card& card) {
            return card.ran < 0 && card.when >= answer.returned.count() * 1000;
        });
    return some_missing && answer.returned_list(all) && answer.returned < p.start + longest(p) &&
           (still_to_run || tasks_were_cut(run));
}

/// Equal delays have left one entry.
bool kept_one_of_each(const Answer& answer) {
    auto once = sorted(answer.p.delays);
    once.erase(std::unique(once.begin(), once.end()), once.end());
    return once.size() < answer.p.delays.size() && answer.returned_list(texts(once));
}

} // namespace

TEST_CASE("each delay is appended by a callback of its own, on its date") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const Answer answer(p, run);
    const auto dates = sorted(p.delays);
    const bool real_clock = run.count("trace.begin", "clock", "real") > 0;
    const lab::Facts facts = {{"n", std::to_string(p.delays.size())},
                              {"longest", ms_text(longest(p))},
                              {"start", ms_text(p.start)},
                              {"returned", ms_text(answer.returned)},
                              {"waited", ms_text(answer.returned - p.start)},
                              {"entries", std::to_string(answer.entries())}};

    lab::suspect("M25", "R6", run.count("block") > 0, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("M15", "R6", filed_under_other_dates(answer), facts);
    lab::suspect("M02", "R6", waited_in_a_row(answer), facts);
    lab::suspect("M23", "R6", appended_one_delay(answer), facts);
    lab::suspect("read-the-clock", "R6",
                 p.start > 0ms && answer.returned_list(texts(dates, p.start)), facts);
    lab::suspect("M14", "R7", kept_the_order_of_the_calls(answer), facts);
    const bool too_early = left_too_early(answer, run);
    const bool waited = answer.returned > p.start + (real_clock ? 20ms : 0ms);
    lab::suspect("M46-short", "R11", too_early && waited, facts);
    lab::suspect("M09", "R11", too_early && !waited, facts);
    lab::suspect("equal-delays", "R7", kept_one_of_each(answer), facts);
    lab::suspect("another-list", "R6", answer.entries() == 0 && answer.all_ran_on_date(), facts);
    lab::suspect("no-callbacks", "R6", answer.list_is_right() && answer.filed_nothing(), facts);
    lab::suspect("M46", "R6",
                 answer.list_is_right() && answer.all_ran_on_date() && answer.returned != end(p),
                 facts);

    CHECK_TRANSCRIPT(run, lab::Transcript{{end(p), line_with(texts(dates))}});
    CHECK_MESSAGE(answer.ran_on_date(real_clock) == p.delays.size(),
                  "each of the delays needs a callback of its own that the loop runs on its date, ",
                  "but the trace shows ", answer.ran_on_date(real_clock), " instead of ",
                  p.delays.size());
}
