// verdict_test.cpp: the verdicts are spelled as reports spell them.
#include <judge/verdict.hpp>

#include <doctest/doctest.h>

using namespace lab;

TEST_CASE("every verdict has a name and is found by it") {
    for (int i = 0; i <= static_cast<int>(Verdict::grader_error); ++i) {
        const auto verdict = static_cast<Verdict>(i);
        CHECK(verdict_named(name(verdict)) == verdict);
    }
    CHECK(name(Verdict::accepted) == "accepted");
    CHECK(name(Verdict::blocked_the_loop) == "blocked-the-loop");
    CHECK(name(Verdict::ended_early) == "ended-early");
    CHECK(name(Verdict::does_not_compile) == "does-not-compile");
    CHECK(name(Verdict::grader_error) == "grader-error");
    CHECK_FALSE(verdict_named("Accepted").has_value());
}
