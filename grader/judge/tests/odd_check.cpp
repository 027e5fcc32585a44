// odd_check.cpp: a check with faults that a check can have, chosen by the environment variable ODD.
#include <judge/check.hpp>

#include <cstdlib>
#include <stdexcept>
#include <string_view>

LAB_CHECK("00-sample/02-odd")

namespace {

using namespace std::chrono_literals;

std::string_view odd() {
    const char* const value = std::getenv("ODD");
    return value == nullptr ? "" : value;
}

lab::Transcript as_it_was(const lab::Run& run) { return run.transcript(); }

void check_with_a_fault(const lab::Run& run) {
    if (odd() == "compares nothing") {
        return;
    }
    if (odd() == "throws") {
        throw std::out_of_range("vector::at");
    }
    if (odd() == "false alarm") {
        lab::suspect("M99", "R1", true);
    }
    if (odd() == "false alarm in small cases") {
        lab::suspect("M99", "R1", lab::seed() == 3);
    }
    if (odd() == "rejects") {
        lab::reject(lab::Verdict::blocked_the_loop, "the loop stood still for 100 ms");
    }
    if (odd() == "own words") {
        CHECK_MESSAGE(run.tasks_created() == 7, "seven tasks are needed");
    }
    if (odd() == "ties") {
        const lab::ms d = run.when("first").value();
        CHECK_TRANSCRIPT_UNORDERED_TIES(
            run, lab::Transcript{{0ms, "start"},
                                 {d, "first"},
                                 {2 * d, "second"},
                                 {2 * d, "result " + std::to_string(d.count())}});
    }
    CHECK_TRANSCRIPT(run, as_it_was(run));
}

} // namespace

TEST_CASE("odd") {
    if (odd() == "never runs") {
        CHECK(true);
        return;
    }
    if (odd() == "looks at broken runs") {
        const lab::Run run = lab::run_answer(lab::Broken::is_shown);
        lab::suspect("M09", "R11", run.exit() == "deadlock" && run.contains("start"));
        CHECK_TRANSCRIPT(run, as_it_was(run));
        return;
    }
    check_with_a_fault(lab::run_answer());
}
