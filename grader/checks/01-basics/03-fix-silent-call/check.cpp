// check.cpp: decides whether every guest is greeted, one after another, and counted afterwards.
//
// Design: the goal is to see that an object is not yet a run. Left out on purpose: concurrency,
// which this exercise must not have. Known machines: calls that run by themselves (M01), a loop
// that goes on after main (M09), greetings at once (all-at-once), a count read before the work
// (count-early).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("01-basics/03-fix-silent-call")

namespace {

std::string greeting(const std::string& name) { return "Hello, " + name + "!"; }

lab::Transcript expected(const Params& p) {
    lab::Transcript lines = {{0ms, "doors open"}};
    for (const auto& name : p.names) {
        lines.push_back({lines.back().at + p.delay, greeting(name)});
    }
    lines.push_back({lines.back().at, std::to_string(p.names.size()) + " greeted"});
    return lines;
}

std::size_t missing_greetings(const Params& p, const lab::Run& run) {
    return static_cast<std::size_t>(
        std::count_if(p.names.begin(), p.names.end(),
                      [&](const auto& name) { return !run.when(greeting(name)); }));
}

/// Two guests were greeted at one instant.
bool greeted_together(const Params& p, const lab::Run& run) {
    for (std::size_t i = 0; i < p.names.size(); ++i) {
        for (std::size_t j = i + 1; j < p.names.size(); ++j) {
            const auto one = run.when(greeting(p.names[i]));
            if (one && one == run.when(greeting(p.names[j]))) {
                return true;
            }
        }
    }
    return false;
}

/// Every line is right but the last one, which counts too few.
bool counted_too_few(const Params& p, lab::Transcript lines) {
    auto right = expected(p);
    if (lines.size() != right.size()) {
        return false;
    }
    const lab::Line last = lines.back();
    lines.pop_back();
    right.pop_back();
    for (std::size_t fewer = 0; fewer < p.names.size(); ++fewer) {
        if (last.text == std::to_string(fewer) + " greeted") {
            return lines == right;
        }
    }
    return false;
}

} // namespace

TEST_CASE("every guest is greeted in sequence, and counted when all greetings are done") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const auto silent = missing_greetings(p, run);
    const lab::Facts facts = {
        {"missing", std::to_string(silent)},
        {"guests", std::to_string(p.names.size())},
        {"expected_total", ms_text(p.delay * static_cast<int>(p.names.size()))}};

    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("M09", "R11", silent > 0 && tasks_were_cut(run), facts);
    lab::suspect("all-at-once", "R2", greeted_together(p, run), facts);
    lab::suspect("count-early", "R3", counted_too_few(p, run.transcript()), facts);

    CHECK_TRANSCRIPT(run, expected(p));
    CHECK_MESSAGE(!run.warned("never_awaited"), "your run made a coroutine object that never ran");
}
