// check.cpp: decides whether serve waits before it speaks.
//
// Design: the goal is one await. Left out on purpose: tasks, errors. Known machines: the object
// that nobody runs (M01).
#include <judge/check.hpp>

#include "params.hpp"

using namespace exercise;

LAB_CHECK("05-shutdown/04-implement-deadline")

namespace {

lab::Transcript expected(const Params& p) {
    return {{p.delay, p.name + ": done"}, {p.delay, "returned " + std::to_string(p.name.size())}};
}

} // namespace

TEST_CASE("the line comes when the wait is over") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();

    lab::suspect("M01", "R1", run.warned("never_awaited"));

    CHECK_TRANSCRIPT(run, expected(p));
}
