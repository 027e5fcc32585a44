// check.cpp: decides for which machine a prediction of late_soon.cpp is right: this one or another.
//
// Design: the goal is to see that a block holds up whoever becomes due in it and moves nobody's
// date. Left out on purpose: timers that are left when main ends. The model loop says what is
// right. Students mix its wrong machines, so the recognisers look at single facts: when a timer
// fires, who goes first at the end of the block, when main's sleep begins.
#include <judge/check.hpp>
#include <model/model.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

using namespace exercise;

LAB_CHECK("02-scheduling/03-predict-late-timers")

namespace {

std::string timer_line(lab::ms delay) { return "timer " + std::to_string(delay.count()); }

/// The program of the task, for the model loop.
lab::model::Program late(const Params& p) {
    using namespace lab::model;
    Body main;
    for (const auto delay : p.timers) {
        main.push_back(call_later(delay, {say(timer_line(delay))}));
    }
    main.push_back(call_soon({say("soon")}));
    main.push_back(say("blocking " + ms_text(p.block)));
    main.push_back(block(p.block));
    main.push_back(say("unblocked"));
    main.push_back(sleep(p.main_sleep));
    main.push_back(say("main done"));
    return Program(main);
}

/// What a prediction says about one line: when, and at which place in the transcript.
struct Claim {
    std::size_t place;
    lab::ms at;
};

struct TimerClaim {
    lab::ms delay;
    Claim claim;
    bool late; ///< due in the block or at its end
};

struct Claims {
    std::optional<Claim> blocking, unblocked, soon, done;
    std::vector<TimerClaim> timers; ///< in the order in which the program sets them
    std::size_t lines;

    /// Every line of the case is there once, except timers perhaps, and no other line.
    bool are_complete() const {
        return blocking && unblocked && soon && done && lines == 4 + timers.size();
    }
    bool any_timer(const auto& is) const { return std::any_of(timers.begin(), timers.end(), is); }
    /// Returns: the timers for which `is` holds, as they are set.
    std::vector<TimerClaim> those(const auto& is) const {
        std::vector<TimerClaim> some;
        std::copy_if(timers.begin(), timers.end(), std::back_inserter(some), is);
        return some;
    }
};

Claims claims_of(const lab::Transcript& lines, const Params& p) {
    const auto claim = [&](const std::string& text) -> std::optional<Claim> {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].text == text) {
                return Claim{i, lines[i].at};
            }
        }
        return std::nullopt;
    };
    Claims f{claim("blocking " + ms_text(p.block)),
             claim("unblocked"),
             claim("soon"),
             claim("main done"),
             {},
             lines.size()};
    for (const auto delay : p.timers) {
        if (const auto found = claim(timer_line(delay))) {
            f.timers.push_back({delay, *found, delay <= p.block});
        }
    }
    return f;
}

bool is_late(const TimerClaim& timer) { return timer.late; }
bool earlier_line(const TimerClaim& a, const TimerClaim& b) {
    return a.claim.place < b.claim.place;
}
bool earlier_deadline(const TimerClaim& a, const TimerClaim& b) { return a.delay < b.delay; }

/// A timer speaks while the thread is blocked.
bool fires_in_the_block(const Claims& f, const Params& p) {
    return f.any_timer([&](const TimerClaim& timer) { return timer.claim.at < p.block; });
}

/// main goes on before its block is over.
bool block_returns_at_once(const Claims& f, const Params& p) { return f.unblocked->at < p.block; }

/// The callback speaks inside call_soon.
bool call_soon_calls(const Claims& f) { return f.soon->place < f.blocking->place; }

/// The callback speaks while the thread is blocked, and the timers do not.
bool callback_runs_beside_the_block(const Claims& f, const Params& p) {
    return f.soon->at < p.block && f.soon->place > f.blocking->place && !fires_in_the_block(f, p);
}

/// At the end of the block somebody speaks before main, which still has the hands.
bool loop_is_first_after_the_block(const Claims& f, const Params& p) {
    const auto cuts_in = [&](const Claim& claim) {
        return claim.at == p.block && claim.place < f.unblocked->place;
    };
    return f.unblocked->at == p.block &&
           (cuts_in(*f.soon) ||
            f.any_timer([&](const TimerClaim& timer) { return cuts_in(timer.claim); }));
}

/// Late timers never speak, all of them or some; the others do.
bool late_timers_are_lost(const Claims& f, const Params& p) {
    const auto on_time = std::count_if(p.timers.begin(), p.timers.end(),
                                       [&](lab::ms delay) { return delay > p.block; });
    return f.timers.size() < p.timers.size() &&
           std::count_if(f.timers.begin(), f.timers.end(), std::not_fn(is_late)) == on_time;
}

/// Timers speak in the order in which they were set, which is not that of their deadlines: all of
/// them, or those that the block made late.
bool fire_as_they_were_set(const Claims& f, const Params& p) {
    const auto as_set = [](const std::vector<TimerClaim>& timers) {
        return std::is_sorted(timers.begin(), timers.end(), earlier_line) &&
               !std::is_sorted(timers.begin(), timers.end(), earlier_deadline);
    };
    const auto late = f.those(is_late);
    const bool at_the_end_of_the_block =
        std::all_of(late.begin(), late.end(),
                    [&](const TimerClaim& timer) { return timer.claim.at == p.block; });
    return as_set(f.timers) || (at_the_end_of_the_block && as_set(late));
}

/// The late timers speak together, when the next timer or main's sleep rings.
bool late_ones_wait_for_an_alarm(const Claims& f, const Params& p) {
    const auto late = f.those(is_late);
    if (late.empty() || late.front().claim.at <= p.block) {
        return false;
    }
    const auto ring = late.front().claim.at;
    const bool together = std::all_of(
        late.begin(), late.end(), [&](const TimerClaim& timer) { return timer.claim.at == ring; });
    return together && (ring == f.done->at || f.any_timer([&](const TimerClaim& timer) {
               return !timer.late && timer.delay == ring;
           }));
}

/// A timer fires later than its deadline and the end of the block.
bool dates_are_moved(const Claims& f, const Params& p) {
    return f.any_timer(
        [&](const TimerClaim& timer) { return timer.claim.at > std::max(timer.delay, p.block); });
}

/// At the end of the block the latest deadline comes first.
bool latest_deadline_first(const Claims& f, const Params& p) {
    auto late = f.those(is_late);
    std::sort(late.begin(), late.end(), earlier_line);
    return late.size() >= 2 &&
           std::all_of(late.begin(), late.end(),
                       [&](const TimerClaim& timer) { return timer.claim.at == p.block; }) &&
           std::is_sorted(late.rbegin(), late.rend(), earlier_deadline);
}

/// A timer that waited for the end of the block speaks before the callback, which waited longer.
bool timers_come_before_the_callback(const Claims& f, const Params& p) {
    return f.any_timer([&](const TimerClaim& timer) {
        return timer.claim.at >= p.block && timer.claim.place < f.soon->place;
    });
}

/// main's sleep runs down during the block.
bool sleep_begins_before_the_block(const Claims& f, const Params& p) {
    return f.done->at == p.main_sleep || f.done->at == std::max(p.main_sleep, p.block);
}

/// A timer that the block leaves alone speaks before its deadline.
bool fires_early(const Claims& f) {
    return f.any_timer(
        [](const TimerClaim& timer) { return !timer.late && timer.claim.at < timer.delay; });
}

/// main is done with the last timer, or begins to sleep then, as if it waited for the timers.
bool main_waits_for_the_timers(const Claims& f, const Params& p) {
    const auto last = *std::max_element(p.timers.begin(), p.timers.end());
    return last > p.block && f.done->at != p.block + p.main_sleep &&
           (f.done->at == last || f.done->at == last + p.main_sleep);
}

/// main and a timer end at one instant, and main goes first.
bool main_wins_the_tie(const Claims& f, const Params& p) {
    return f.done->at == p.block + p.main_sleep && f.any_timer([&](const TimerClaim& timer) {
        return timer.claim.at == f.done->at && timer.delay == f.done->at &&
               f.done->place < timer.claim.place;
    });
}

} // namespace

TEST_CASE("the transcript of late_soon.cpp, for any timers and any block") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const Claims f = claims_of(run.transcript(), p);

    if (f.are_complete()) {
        const lab::Facts facts = {
            {"block", ms_text(p.block)},
            {"sleep", ms_text(p.main_sleep)},
            {"end", ms_text(p.block + p.main_sleep)},
            {"first", ms_text(*std::min_element(p.timers.begin(), p.timers.end()))}};
        lab::suspect("block-returns-at-once", "R6", block_returns_at_once(f, p), facts);
        lab::suspect("M13", "R8", fires_in_the_block(f, p), facts);
        lab::suspect("M11", "R5", call_soon_calls(f), facts);
        lab::suspect("M06", "R6", callback_runs_beside_the_block(f, p), facts);
        lab::suspect("missed-is-lost", "R8", late_timers_are_lost(f, p), facts);
        lab::suspect("loop-cuts-in", "R5", loop_is_first_after_the_block(f, p), facts);
        lab::suspect("M14", "R8", fire_as_they_were_set(f, p), facts);
        lab::suspect("waits-for-an-alarm", "R8", late_ones_wait_for_an_alarm(f, p), facts);
        lab::suspect("M18", "R8", dates_are_moved(f, p), facts);
        lab::suspect("too-early", "R8", fires_early(f), facts);
        lab::suspect("latest-first", "R8", latest_deadline_first(f, p), facts);
        lab::suspect("timers-first", "R5", timers_come_before_the_callback(f, p), facts);
        lab::suspect("sleep-overlaps-block", "R6", sleep_begins_before_the_block(f, p), facts);
        lab::suspect("main-waits-for-timers", "R6", main_waits_for_the_timers(f, p), facts);
        lab::suspect("tie", "R7", main_wins_the_tie(f, p), facts);
    }

    CHECK_TRANSCRIPT(run, lab::model::run(late(p)));
}
