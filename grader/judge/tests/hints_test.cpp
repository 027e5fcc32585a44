// hints_test.cpp: of several beliefs the one speaks that explains the whole answer.
#include <judge/hints.hpp>

#include <doctest/doctest.h>

using namespace lab;
using namespace lab::judge;

namespace {

Evidence one(Verdict verdict, const std::vector<std::string>& suspects = {},
             bool published = false) {
    Evidence evidence;
    evidence.verdict = verdict;
    evidence.published = published;
    for (const auto& id : suspects) {
        evidence.suspects.push_back({id, "R1", {}});
    }
    return evidence;
}

std::string hint(const std::vector<Evidence>& cases) {
    const auto chosen = choose_hint(cases);
    return chosen ? chosen->id : "";
}

constexpr auto accepted = Verdict::accepted;
constexpr auto wrong = Verdict::wrong_time;

} // namespace

TEST_CASE("no hint without a rejected case, nor for a fault of ours") {
    CHECK(hint({}).empty());
    CHECK(hint({one(accepted, {"M01"})}).empty());
    CHECK(hint({one(wrong, {"M01"}), one(Verdict::grader_error)}).empty());
}

TEST_CASE("the first suspect that holds in every rejected case speaks") {
    CHECK(hint({one(wrong, {"M01", "M02"})}) == "M01");
    CHECK(hint({one(wrong, {"M01", "M02"}), one(wrong, {"M02"})}) == "M02");
    CHECK(hint({one(wrong, {"M01", "M02"}), one(wrong, {"M01", "M02"}), one(accepted)}) == "M01");
}

TEST_CASE("else the suspect that holds in most") {
    const Evidence right = one(accepted, {}, true);

    CHECK(hint({right, one(wrong, {"M01"}), one(wrong, {"M02"}), one(wrong, {"M02"}),
                one(accepted)}) == "M02");
    CHECK(hint({right, one(wrong, {"M01"}), one(wrong, {"M02"}), one(accepted)}) == "M01");
}

TEST_CASE("what is said holds in the case that is shown") {
    constexpr auto crashed = Verdict::crashed;
    const Evidence right = one(accepted, {}, true);
    const auto shown = [](const std::vector<Evidence>& cases) {
        const auto index = choose_example(cases, choose_hint(cases));
        return index ? static_cast<int>(*index) : -1;
    };

    // A suspect of the fresh cases says nothing about the published one, which is shown.
    CHECK(hint({one(wrong, {}, true), one(wrong, {"M02"}), one(wrong, {"M02"})}).empty());
    CHECK(hint({one(wrong, {"M01"}, true), one(wrong, {"M02"}), one(wrong, {"M02"})}) == "M01");
    CHECK(shown({one(wrong, {}, true), one(wrong, {"M02"})}) == 0);
    // With a right published case, the first that has the verdict of the whole and the belief.
    CHECK(shown({right, one(crashed), one(wrong), one(wrong, {"M02"})}) == 3);
    CHECK(hint({right, one(crashed), one(crashed), one(wrong, {"M02"})}) == "crash");
    CHECK(shown({right, one(wrong, {"M02"}), one(crashed), one(crashed)}) == 2);
    CHECK(shown({right, one(accepted)}) == -1);
}

TEST_CASE("right for the published case and wrong for all others is a photograph") {
    const Evidence published = one(accepted, {}, true);

    CHECK(hint({published, one(wrong), one(wrong)}) == "hard-coded");
    CHECK(hint({published, one(wrong, {"M02"}), one(wrong)}) == "hard-coded");
    CHECK(hint({published, one(wrong, {"M02"}), one(wrong, {"M02"})}) == "M02");
    CHECK(hint({published, one(wrong), one(accepted)}).empty()); // a special case was forgotten
    CHECK(hint({published, one(Verdict::crashed), one(Verdict::crashed)}) == "crash");
}

TEST_CASE("without a suspect the judge says what it knows by itself") {
    CHECK(hint({one(Verdict::hang)}) == "hang");
    CHECK(hint({one(Verdict::runaway)}) == "runaway");
    CHECK(hint({one(Verdict::crashed)}) == "crash");
    CHECK(hint({one(Verdict::ended_early)}) == "ended-early");
    CHECK(hint({one(Verdict::timed_out)}).empty());
    CHECK(hint({one(Verdict::blocked_the_loop)}).empty()); // the check's own, not a real sleep

    Evidence evidence = one(Verdict::blocked_the_loop);
    evidence.slept_for_real = true;
    CHECK(hint({evidence}) == "real-sleep");
    evidence.suspects = one(Verdict::blocked_the_loop, {"M09"}).suspects;
    CHECK(hint({evidence}) == "real-sleep"); // whatever else the stopped thread looks like
    evidence.suspects.clear();
    evidence.verdict = Verdict::timed_out; // it slept until the limit stopped it
    CHECK(hint({evidence}) == "real-sleep");
    evidence.nested_run = true;
    CHECK(hint({evidence}) == "M10");

    evidence = one(Verdict::crashed);
    evidence.slip = "missing-co-return";
    CHECK(hint({evidence}) == "missing-co-return");
    CHECK(choose_hint({evidence})->rule == "R3");

    evidence = one(Verdict::incomplete);
    evidence.callback_threw = true;
    CHECK(hint({evidence}) == "callback-threw");
    evidence.suspects = one(Verdict::incomplete, {"M23"}).suspects;
    CHECK(hint({evidence}) == "M23"); // the check knows more

    evidence = one(Verdict::incomplete);
    evidence.printed_instead = true;
    CHECK(hint({evidence}) == "stdout");
}

TEST_CASE("a suspect that fires on a right answer is found") {
    CHECK_FALSE(false_alarm({one(accepted, {}, true), one(accepted)}).has_value());
    CHECK(false_alarm({one(accepted, {"M01"}, true), one(accepted)})->id == "M01");
    CHECK(false_alarm({one(accepted, {}, true), one(accepted, {"M01"}), one(accepted, {"M01"})})
              ->id == "M01");
    CHECK_FALSE(
        false_alarm({one(accepted, {}, true), one(accepted, {"M01"}), one(accepted)}).has_value());
    CHECK_FALSE(false_alarm({one(wrong, {"M01"}, true)}).has_value());
}
