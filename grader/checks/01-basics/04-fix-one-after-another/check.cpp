// check.cpp: decides whether load_all loads its panels together and keeps their order.
//
// Design: the goal is the step from a chain of waits to overlapping waits. Left out on purpose:
// errors, limits, cancelling. Known machines: chain of awaits (M02), objects dropped (M01),
// blocking (M25), tasks that nobody waits for (M09), start order bent to the finish order (M05),
// results by finish (M08).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("01-basics/04-fix-one-after-another")

namespace {

/// Returns: the panels' indices from the quickest to the slowest.
std::vector<std::size_t> finish_order(const Params& p) {
    std::vector<std::size_t> order(p.panels.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return p.panels[a].second < p.panels[b].second;
    });
    return order;
}

std::string returned(const Params& p, const std::vector<std::size_t>& order) {
    std::vector<std::string> texts;
    for (const auto i : order) {
        texts.push_back(p.panels[i].first + " panel");
    }
    return "returned " + list_text(texts);
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    std::vector<std::size_t> argument_order;
    for (const auto& [name, delay] : p.panels) {
        argument_order.push_back(lines.size());
        lines.push_back({0ms, name + ": loading"});
    }
    lab::ms end = 0ms;
    for (const auto i : finish_order(p)) {
        end = p.panels[i].second;
        lines.push_back({end, p.panels[i].first + ": loaded"});
    }
    lines.push_back({end, returned(p, argument_order)});
    return lines;
}

lab::ms sum_of_delays(const Params& p) {
    lab::ms sum = 0ms;
    for (const auto& panel : p.panels) {
        sum += panel.second;
    }
    return sum;
}

/// One panel began at the moment at which another was done: the waits stand in a row.
bool one_began_when_another_ended(const Params& p, const lab::Run& run) {
    for (const auto& [later, unused] : p.panels) {
        const auto began = run.when(later + ": loading");
        for (const auto& [earlier, unused_too] : p.panels) {
            if (began && *began > 0ms && began == run.when(earlier + ": loaded")) {
                return true;
            }
        }
    }
    return false;
}

/// All began at 0, but sorted by delay (either way) where the caller's order is another one.
bool began_sorted_by_delay(const Params& p, const lab::Run& run) {
    std::vector<std::string> names;
    for (const auto i : finish_order(p)) {
        names.push_back(p.panels[i].first + ": loading");
    }
    std::vector<std::string> began;
    for (const auto& line : run.lines_at(0ms)) {
        if (std::count(names.begin(), names.end(), line.text) == 1) {
            began.push_back(line.text);
        }
    }
    return !names.empty() &&
           (began == names || std::equal(began.begin(), began.end(), names.rbegin(), names.rend()));
}

} // namespace

TEST_CASE("all panels load together, results in argument order") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const auto right = expected(p);
    const std::string best_total = ms_text(right.back().at);

    lab::suspect("M25", "R6", run.count("block") > 0, {{"expected_total", best_total}});
    lab::suspect("M01", "R16", run.warned("never_awaited"));
    lab::suspect("M09", "R11", missing(run, right) > 0 && tasks_were_cut(run),
                 {{"expected_total", best_total}});
    lab::suspect("M02", "R3", one_began_when_another_ended(p, run),
                 {{"expected_total", best_total}, {"total", ms_text(sum_of_delays(p))}});
    lab::suspect("M05", "R17", began_sorted_by_delay(p, run) && !sorted_by_delay(p));
    lab::suspect("M08", "R17",
                 run.when(returned(p, finish_order(p))) == right.back().at && !sorted_by_delay(p),
                 {{"expected_list", right.back().text}});

    CHECK_TRANSCRIPT(run, right);
}
