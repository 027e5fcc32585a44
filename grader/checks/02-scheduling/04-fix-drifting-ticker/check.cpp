// check.cpp: decides whether the ticks stay on their grid, whatever the work takes.
//
// Design: the goal is to wait for a date instead of a span. The works must still be done by the
// loop's own hands, which only the trace shows. When the ticker returns after its last work is left
// open, and so is a work that ends on a date (there is none). Known machines: work, then sleep
// (M17), each period counted from the last tick (M17-new-grid), a whole period behind a long work
// (M17-rest), a task of sleep that begins behind the work (M03), missed dates made up for
// (catch-up-burst) or served once, late (late-tick), a date for a delay (M15), dates counted from
// the clock's zero (M15-clock), a first tick after one period (first-tick-late), skipped dates that
// use up ticks (skipped-counted), blocking until the date (M25), the work taken away
// (work-left-out), a sleep that nobody runs (M01), a ticker that nobody waits for (M09).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("02-scheduling/04-fix-drifting-ticker")

namespace {

/// A stretch of time in which the loop's thread was blocked.
struct Block {
    lab::ms at, length;
    bool operator==(const Block&) const = default;
};

/// Returns: the blocks, those without a break between them as one.
std::vector<Block> joined(const std::vector<Block>& blocks) {
    std::vector<Block> result;
    for (const Block& block : blocks) {
        if (!result.empty() && result.back().at + result.back().length == block.at) {
            result.back().length += block.length;
        } else {
            result.push_back(block);
        }
    }
    return result;
}

std::vector<Block> blocks_of(const lab::Run& run) {
    std::vector<Block> blocks;
    for (const auto& event : while_main_runs(run)) {
        if (event.ev == "block" && event.lane == "loop" && event.number("dur") > 0) {
            blocks.push_back({lab::ms(event.t / 1000), lab::ms(event.number("dur") / 1000)});
        }
    }
    return blocks;
}

std::vector<lab::ms> lengths(const std::vector<Block>& blocks) {
    std::vector<lab::ms> result;
    for (const Block& block : blocks) {
        result.push_back(block.length);
    }
    return result;
}

lab::ms sum(const std::vector<lab::ms>& spans) {
    lab::ms total = 0ms;
    for (const auto span : spans) {
        total += span;
    }
    return total;
}

std::string tick(std::size_t i) { return "tick " + std::to_string(i); }

/// Returns: the dates on which the ticks belong.
std::vector<lab::ms> dates(const Params& p) {
    std::vector<lab::ms> result;
    lab::ms next = p.start;
    for (const auto work : p.works) {
        result.push_back(next);
        next += (work / p.period + 1) * p.period; // no work is a multiple of the period
    }
    return result;
}

std::vector<Block> expected_blocks(const Params& p) {
    std::vector<Block> blocks;
    const auto due = dates(p);
    for (std::size_t i = 0; i < due.size(); ++i) {
        blocks.push_back({due[i], p.works[i]});
    }
    return blocks;
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    for (const auto date : dates(p)) {
        lines.push_back({date, tick(lines.size())});
    }
    return lines;
}

/// The ticks of the answer in the order of their numbers, up to the first that is missing.
struct Ticks {
    const Params& p;
    std::vector<lab::ms> at;
    std::size_t said = 0; ///< lines, whatever their numbers

    Ticks(const Params& drawn, const lab::Run& run) : p(drawn) {
        for (const auto& line : run.transcript()) {
            said += line.text.rfind("tick ", 0) == 0 ? 1 : 0;
        }
        for (auto when = run.when(tick(0)); when && at.size() < p.works.size();
             when = run.when(tick(at.size()))) {
            at.push_back(*when);
        }
    }

    std::size_t gaps() const { return at.empty() ? 0 : at.size() - 1; }
    lab::ms gap(std::size_t i) const { return at[i + 1] - at[i]; }
    lab::ms wait(std::size_t i) const { return gap(i) - p.works[i]; } ///< behind the work of tick i
    bool on_grid(std::size_t i) const { return (at[i] - p.start) % p.period == 0ms; }

    /// Tick i came on a date, and its work runs over the next one.
    bool misses_dates(std::size_t i) const { return on_grid(i) && p.works[i] > p.period; }
};

/// Each lap costs its work, or that of the next tick if the work comes first, and the period.
bool waits_for_the_period(const Ticks& ticks) {
    bool after = ticks.gaps() > 0;
    bool before = ticks.gaps() > 0;
    for (std::size_t i = 0; i < ticks.gaps(); ++i) {
        after = after && ticks.wait(i) == ticks.p.period;
        before = before && ticks.gap(i) == ticks.p.works[i + 1] + ticks.p.period;
    }
    return after || before;
}

/// The waits are whole numbers of periods, and not all of them one.
bool sleeps_until_the_date_is_over_again(const Ticks& ticks) {
    bool several = false;
    for (std::size_t i = 0; i < ticks.gaps(); ++i) {
        if (ticks.wait(i) <= 0ms || ticks.wait(i) % ticks.p.period != 0ms) {
            return false;
        }
        several = several || ticks.wait(i) > ticks.p.period;
    }
    return several;
}

/// There was no wait behind the first work, which is short if the ticker begins later than at 0.
bool counts_from_zero(const Ticks& ticks) {
    return ticks.p.start > 0ms && ticks.gaps() > 0 && ticks.wait(0) == 0ms;
}

/// Two ticks in a row came without a wait, the first of them because its date was missed.
bool makes_up_for_missed_dates(const Ticks& ticks) {
    for (std::size_t i = 0; i + 1 < ticks.gaps(); ++i) {
        if (ticks.misses_dates(i) && ticks.wait(i) == 0ms && ticks.wait(i + 1) == 0ms) {
            return true;
        }
    }
    return false;
}

/// The tick behind a long work came `wait` after it, beside the grid, and the next one a period
/// later.
bool moves_its_grid(const Ticks& ticks, lab::ms wait) {
    for (std::size_t i = 0; i + 1 < ticks.gaps(); ++i) {
        if (ticks.misses_dates(i) && ticks.wait(i) == wait && !ticks.on_grid(i + 1) &&
            ticks.gap(i + 1) == ticks.p.period) {
            return true;
        }
    }
    return false;
}

/// In each lap a task was made before the block, and it began behind it: whoever began a task ran a
/// callback of the loop's.
bool makes_tasks_that_begin_late(const Ticks& ticks, const lab::Run& run) {
    std::size_t laps = 0;
    bool made = false;
    for (const auto& event : while_main_runs(run)) {
        if (event.ev == "handle.begin") {
            made = false;
        } else if (event.ev == "task.new" && event.t >= ticks.p.start.count() * 1000) {
            made = true;
        } else if (event.ev == "block" && made) {
            ++laps;
            made = false;
        }
    }
    return laps > 0 && laps >= ticks.gaps();
}

/// The tick behind a long work came at once, and the next one is on the grid again.
bool serves_a_missed_date_late(const Ticks& ticks) {
    for (std::size_t i = 0; i + 1 < ticks.gaps(); ++i) {
        if (ticks.misses_dates(i) && ticks.wait(i) == 0ms && ticks.on_grid(i + 2)) {
            return true;
        }
    }
    return false;
}

/// The first tick came one period late.
bool begins_with_a_wait(const Ticks& ticks) {
    return !ticks.at.empty() && ticks.at.front() == ticks.p.start + ticks.p.period;
}

/// The lines carry the numbers of the grid's dates, or end with the date of that number.
bool counts_skipped_dates(const Params& p, const lab::Run& run) {
    lab::Transcript numbered;
    lab::Transcript cut;
    const auto due = dates(p);
    for (std::size_t i = 0; i < due.size(); ++i) {
        const auto date = static_cast<std::size_t>((due[i] - p.start) / p.period);
        if (date < due.size()) {
            cut.push_back({due[i], tick(i)});
        }
        numbered.push_back({due[i], tick(date)});
    }
    const auto lines = run.transcript();
    const auto begins_with = [&](const lab::Transcript& whole, const lab::Transcript& part) {
        return part.size() <= whole.size() && std::equal(part.begin(), part.end(), whole.begin());
    };
    return lines == cut || (lines.size() >= cut.size() && begins_with(numbered, lines));
}

/// There is more blocking than the works: more often than there are ticks, or in place of all
/// waits.
bool blocks_for_its_waits(const Ticks& ticks, const lab::Run& run) {
    const auto blocked = lengths(blocks_of(run));
    const auto events = while_main_runs(run);
    const bool waits = std::any_of(events.begin(), events.end(), [&](const lab::Event& event) {
        return event.ev == "coro.suspend" && event.t >= ticks.p.start.count() * 1000;
    });
    return sum(blocked) > sum(ticks.p.works) && (blocked.size() > ticks.said || !waits);
}

/// Some of the ticks did not block for their work.
bool left_work_out(const Ticks& ticks, const lab::Run& run) {
    auto works = ticks.p.works;
    works.resize(std::min(works.size(), ticks.said));
    const auto blocked = lengths(blocks_of(run));
    return sum(blocked) < sum(works) && blocked.size() < ticks.said;
}

/// The tick with the longest work, and the date of the one behind it.
lab::Facts facts_of(const Params& p, const lab::Run& run) {
    const auto longest = std::max_element(p.works.begin(), p.works.end());
    const auto i = static_cast<std::size_t>(longest - p.works.begin());
    return {{"n", std::to_string(p.works.size())},
            {"start", ms_text(p.start)},
            {"period", ms_text(p.period)},
            {"lap", ms_text(p.period + p.works.front())},
            {"work", ms_text(sum(p.works))},
            {"blocked", ms_text(sum(lengths(blocks_of(run))))},
            {"long_tick", tick(i)},
            {"long_work", ms_text(*longest)},
            {"next_date", ms_text(dates(p)[i + 1])}};
}

} // namespace

TEST_CASE("each tick comes on a date of the grid, and does its work there") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const auto right = expected(p);
    const Ticks ticks(p, run);
    const auto blocks = blocks_of(run);
    const bool real_clock = run.count("trace.begin", "clock", "real") > 0;
    const lab::Facts facts = facts_of(p, run);

    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("M09", "R11", missing(run, right) > 0 && tasks_were_cut(run), facts);
    lab::suspect("M25", "R6", blocks_for_its_waits(ticks, run), facts);
    lab::suspect("work-left-out", "R6", left_work_out(ticks, run), facts);
    const bool whole_period = waits_for_the_period(ticks);
    const bool begins_late = whole_period && makes_tasks_that_begin_late(ticks, run);
    lab::suspect("M03", "R2", begins_late, facts);
    lab::suspect("M17", "R6", whole_period && !begins_late, facts);
    lab::suspect("M15", "R6", sleeps_until_the_date_is_over_again(ticks), facts);
    lab::suspect("M15-clock", "R14", counts_from_zero(ticks), facts);
    lab::suspect("first-tick-late", "R6", begins_with_a_wait(ticks), facts);
    lab::suspect("catch-up-burst", "R8", makes_up_for_missed_dates(ticks), facts);
    lab::suspect("M17-new-grid", "R8", moves_its_grid(ticks, 0ms), facts);
    lab::suspect("M17-rest", "R6", moves_its_grid(ticks, p.period), facts);
    lab::suspect("late-tick", "R8", serves_a_missed_date_late(ticks), facts);
    lab::suspect("skipped-counted", "R6", counts_skipped_dates(p, run), facts);

    CHECK_TRANSCRIPT(run, right);
    CHECK_MESSAGE(
        (real_clock ? sum(lengths(blocks)) == sum(p.works) : joined(blocks) == expected_blocks(p)),
        "each tick must block for its own work, right after its line, but in this run the "
        "loop was blocked ",
        blocks.size(), " times for ", sum(lengths(blocks)).count(), " ms in all, where ",
        p.works.size(), " works take ", sum(p.works).count(), " ms");
}
