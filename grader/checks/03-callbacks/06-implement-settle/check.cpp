#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("03-callbacks/06-implement-settle")

namespace {

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    return by_time(lines);
}

} // namespace

TEST_CASE("every piece of work ends, and each one's end is told") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();

    CHECK_TRANSCRIPT_UNORDERED_TIES(run, expected(p));
}
