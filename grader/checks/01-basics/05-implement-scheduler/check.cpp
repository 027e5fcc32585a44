// check.cpp: decides whether items of a stage share their wait and stages wait for each other.
//
// Design: the goal is to put waits together and in a row in one program. Left out on purpose:
// results and errors. Known machines: no borders between stages (all-at-once), everything in a row
// (M02), tasks that nobody waits for (M09), sleeps instead of waits (M46), dropped objects (M01),
// blocking (M25).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("01-basics/05-implement-scheduler")

namespace {

/// One item with its place in time: when its stage may begin, and when its message is due.
struct Planned {
    std::string message;
    lab::ms delay, due;
};

struct Plan {
    std::vector<Planned> items;
    lab::ms end = 0ms;
};

Plan plan(const Params& p) {
    Plan result;
    for (const auto& stage : p.stages) {
        const lab::ms begin = result.end;
        for (const auto& [message, delay] : stage) {
            result.items.push_back({message, delay, begin + delay});
            result.end = std::max(result.end, begin + delay);
        }
    }
    return result;
}

lab::Transcript expected(const Plan& plan) {
    lab::Transcript lines = {{0ms, "Starting..."}};
    for (const auto& item : plan.items) {
        lines.push_back({item.due, item.message});
    }
    lines = by_time(lines); // equal delays of one stage stay in argument order (R7)
    lines.push_back({plan.end, "All done!"});
    return lines;
}

lab::ms sum_of_delays(const Plan& plan) {
    lab::ms sum = 0ms;
    for (const auto& item : plan.items) {
        sum += item.delay;
    }
    return sum;
}

/// Items waited for their own delay, but did not wait for the stage before theirs.
bool some_came_early(const Plan& plan, const lab::Run& run) {
    bool early = false;
    for (const auto& item : plan.items) {
        const auto at = run.when(item.message);
        if (!at || *at < item.delay) {
            return false;
        }
        early = early || *at < item.due;
    }
    return early;
}

/// Nothing came early, something came late: at least two waits of one stage stood in a row.
bool some_came_late(const Plan& plan, const lab::Run& run) {
    bool late = false;
    for (const auto& item : plan.items) {
        const auto at = run.when(item.message);
        if (!at || *at < item.due) {
            return false;
        }
        late = late || *at > item.due;
    }
    return late && run.when("All done!") <= sum_of_delays(plan);
}

} // namespace

TEST_CASE("items of a stage run together, a stage waits for the one before it") {
    const Plan right = plan(draw(lab::seed()));
    const lab::Run run = lab::run_answer();
    const std::size_t items = right.items.size();
    const std::size_t timers = run.timers_added();
    const std::size_t extra = timers > items ? timers - items : 0;
    const lab::Facts facts = {{"expected_total", ms_text(right.end)},
                              {"total", ms_text(sum_of_delays(right))},
                              {"extra_timers", std::to_string(extra)}};

    lab::suspect("M25", "R6", run.count("block") > 0, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("M46", "R6", extra > 0, facts);
    lab::suspect("M09", "R11", missing(run, expected(right)) > 0 && tasks_were_cut(run), facts);
    lab::suspect("all-at-once", "R2", some_came_early(right, run), facts);
    lab::suspect("M02", "R3", some_came_late(right, run), facts);

    CHECK_TRANSCRIPT(run, expected(right));
}
