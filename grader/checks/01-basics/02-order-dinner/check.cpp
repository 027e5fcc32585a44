// check.cpp: decides whether the arranged blocks make a dinner, in any of the orders that do.
//
// Design: the goal is "pin both cards first, then wait". Left out on purpose: code to write. Known
// machines: waits in a row (M02), calls that run by themselves (M01), a loop in the loop (M10),
// blocking (M25), one object for two waits (double-await), awaits that decide the finish (M05), no
// end (M09), a taste before the wait for the soup (taste-too-early).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("01-basics/02-order-dinner")

namespace {

lab::Transcript expected(const Params& p) {
    return by_time({{0ms, "soup: cooking"},
                    {0ms, "bread: cooking"},
                    {p.soup, "soup: ready"},
                    {p.soup, "taste"},
                    {p.bread, "bread: ready"},
                    {std::max(p.soup, p.bread), "serve"}});
}

bool said_in_error(const lab::Run& run, const std::string& part) {
    return run.error().find(part) != std::string::npos;
}

/// One dish went on the stove only when the other one was ready.
bool cooked_in_a_row(const lab::Run& run) {
    const auto soup = run.when("soup: cooking");
    const auto bread = run.when("bread: cooking");
    return (bread && *bread > 0ms && bread == run.when("soup: ready")) ||
           (soup && *soup > 0ms && soup == run.when("bread: ready"));
}

/// Both cook from 0 on, but the ready soup waits for the bread before it is tasted.
bool taste_waits_for_bread(const Params& p, const lab::Run& run) {
    return run.when("soup: ready") == p.soup && run.when("bread: ready") == p.bread &&
           p.soup < p.bread && run.when("taste") == p.bread;
}

/// The soup is tasted, and becomes ready later.
bool tasted_too_early(const lab::Run& run) {
    const auto taste = run.when("taste");
    return taste && run.when("soup: ready") > taste;
}

} // namespace

TEST_CASE("both dishes cook together, taste when the soup is ready, serve when both are") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const lab::Facts facts = {{"soup", ms_text(p.soup)},
                              {"bread", ms_text(p.bread)},
                              {"expected_total", ms_text(std::max(p.soup, p.bread))},
                              {"total", ms_text(p.soup + p.bread)}};

    lab::suspect("M10", "R11", said_in_error(run, "running event loop"), facts);
    lab::suspect("double-await", "R3", said_in_error(run, "cannot reuse a coroutine"), facts);
    lab::suspect("M25", "R6", run.count("block") > 0, facts);
    lab::suspect("M01", "R1", run.warned("never_awaited"), facts);
    lab::suspect("M02", "R3", cooked_in_a_row(run), facts);
    lab::suspect("M05", "R3", taste_waits_for_bread(p, run), facts);
    lab::suspect("M09", "R11", tasks_were_cut(run), facts);
    lab::suspect("taste-too-early", "R3", tasted_too_early(run), facts);

    CHECK_TRANSCRIPT_UNORDERED_TIES(run, expected(p));
    CHECK_MESSAGE(!run.warned("never_awaited"), "your run made a coroutine object that never ran");
}
