// sample_check.cpp: a check for an exercise that does not exist, to test the judge as a whole.
#include <judge/check.hpp>

LAB_CHECK("00-sample/01-sample")

namespace {

using namespace std::chrono_literals;

lab::ms delay() { return lab::ms(10 * (lab::seed() == 0 ? 10 : 1 + lab::seed() % 7)); }

std::string result() { return "result " + std::to_string(delay().count()); }

lab::Transcript expected() {
    return {{0ms, "start"}, {delay(), "first"}, {2 * delay(), "second"}, {2 * delay(), result()}};
}

lab::Transcript all_together() {
    return {{0ms, "start"}, {delay(), "first"}, {delay(), "second"}, {delay(), result()}};
}

} // namespace

TEST_CASE("first and second one after the other, then the result") {
    const lab::Run run = lab::run_answer();

    lab::suspect("M01", "R16", run.warned("never_awaited"));
    lab::suspect("M02", "R1", run.transcript() == all_together(),
                 {{"expected_total", std::to_string(2 * delay().count()) + " ms"}});
    CHECK_TRANSCRIPT(run, expected());
}

TEST_CASE("one task is enough") {
    const lab::Run run = lab::run_answer();

    CHECK(run.tasks_created() == 1);
}
