// check.cpp: decides whether predict puts the second line behind the wait.
//
// Design: the goal is one wait on the clock. Left out on purpose: tasks. Known machines: an await
// that takes no time (M07).
#include <judge/check.hpp>

#include "params.hpp"

using namespace exercise;

LAB_CHECK("05-shutdown/01-predict-cancel")

namespace {

lab::Transcript transcript(const Params& p, lab::ms done) {
    return {{lab::ms(0), p.name + ": starting"}, {done, p.name + ": done"}};
}

} // namespace

TEST_CASE("one line before the wait, one after it") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();

    lab::suspect("M07", "R3", run.transcript() == transcript(p, lab::ms(0)));

    CHECK_TRANSCRIPT(run, transcript(p, p.delay));
}
