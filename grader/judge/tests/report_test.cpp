// report_test.cpp: from the cases to the whole, the command line, and the JSON that is printed.
#include "checker.hpp"
#include "report.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace lab;
using namespace lab::judge;
using namespace judge_tests;

namespace {

std::string whole(const std::vector<Verdict>& verdicts) {
    Report report;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        CaseReport one;
        one.seed = i;
        one.verdict = verdicts[i];
        one.evidence.verdict = verdicts[i];
        one.evidence.published = i == 0;
        report.cases.push_back(one);
    }
    conclude(report);
    return std::string(name(report.verdict));
}

constexpr auto ok = Verdict::accepted;

} // namespace

TEST_CASE("the published case speaks for the whole, then the majority") {
    CHECK(whole({ok, ok, ok}) == "accepted");
    CHECK(whole({}) == "grader-error");
    CHECK(whole({Verdict::hang, Verdict::wrong_time, Verdict::wrong_time}) == "hang");
    CHECK(whole({ok, Verdict::hang, Verdict::wrong_time, Verdict::wrong_time}) == "wrong-time");
    CHECK(whole({ok, Verdict::crashed, ok}) == "crashed");
    CHECK(whole({Verdict::hang, ok, Verdict::grader_error}) == "grader-error");
}

TEST_CASE("a hint's facts are those of the case that is shown") {
    Report report;
    for (const Verdict verdict : {ok, Verdict::crashed, Verdict::wrong_time, Verdict::wrong_time}) {
        CaseReport one;
        one.seed = report.cases.size();
        one.verdict = one.evidence.verdict = verdict;
        one.evidence.published = one.seed == 0;
        one.first_difference = one.seed;
        one.expected = Transcript(5, Line{ms(10 * one.seed), "x"});
        report.cases.push_back(one);
    }
    report.cases[1].evidence.suspects = {{"M02", "R1", {{"total", "crashed"}}}};
    report.cases[3].evidence.suspects = {{"M02", "R1", {{"total", "third"}}}};

    conclude(report);

    CHECK(report.verdict == Verdict::wrong_time);
    REQUIRE(report.shown == 3);
    REQUIRE(report.hint.has_value());
    const auto& facts = report.hint->facts;
    CHECK(facts.at(0).second == "third");
    CHECK(facts.at(1).second == "4");  // the line
    CHECK(facts.at(2).second == "30"); // its time
}

TEST_CASE("the report has all that the grader reads") {
    const Scratch scratch;
    const Judged judged = judged_by_sample(scratch, "wrong_time", {"--seed", "5"});
    const auto& json = judged.json;

    CHECK(json["exercise"] == "00-sample/01-sample");
    REQUIRE(json["cases"].size() == 5);
    CHECK(json["cases"][0]["name"] == "published");
    CHECK(json["cases"][0]["seed"] == 0);
    CHECK(json["cases"][1]["seed"] == 5);
    CHECK(json["cases"][4]["seed"] == 8);
    CHECK(json["cases"][0]["expected"][2]["t_ms"] == 200);
    CHECK(json["cases"][0]["actual"][2] ==
          nlohmann::json::parse(R"({"t_ms": 100, "text": "second"})"));
    CHECK(json["cases"][0]["first_difference"] == 2);
    CHECK(json["shown"] == 0);
    CHECK(json["hint"]["id"] == "M02");
    CHECK(json["hint"]["rule"] == "R1");
    CHECK(json["hint"]["facts"]["line"] == "3");
    CHECK(json["hint"]["facts"]["t"] == "200");
    CHECK(json["hint"]["facts"]["expected_total"] == "200 ms");
    CHECK(json["seconds"]["run"].get<double>() > 0);

    const auto right = judged_by_sample(scratch, "right", {"--cases", "2"});
    CHECK(right.json["cases"].size() == 2);
    CHECK(right.json["cases"][0]["first_difference"].is_null());
    CHECK(right.json["hint"].is_null());
    CHECK(right.json["shown"].is_null());
    CHECK(judged_by_sample(scratch, "some_output_then_right").first_case()["stdout_bytes"] == 25);
}

TEST_CASE("--expect compares verdict and hint and says how they differ") {
    const Scratch scratch;
    const auto expect = [&](const std::string& behaviour, const std::string& what) {
        return judged_by_sample(scratch, behaviour, {"--seed", "1", "--expect", what});
    };

    CHECK(expect("wrong_time", "wrong-time:M02").status == 0);
    CHECK(expect("wrong_time", "wrong-time").status == 0);
    CHECK(expect("wrong_time", "not-accepted:M02").status == 0);
    CHECK(expect("right", "accepted").status == 0);
    CHECK(expect("right", "not-accepted").status == 1);
    CHECK(expect("wrong_time", "accepted").status == 1);
    const Judged other = expect("wrong_time", "wrong-time:M03");
    CHECK(other.status == 1);
    CHECK(other.err.find("expected wrong-time with hint M03, got wrong-time with hint M02") !=
          std::string::npos);
}

TEST_CASE("a command line that makes no sense ends with 2 and a reason") {
    const Scratch scratch;
    const std::string program = scratch.fake("right").string();
    const auto usage = [&](const std::vector<std::string>& arguments) {
        const Judged judged = finish(start(scratch, JUDGE_SAMPLE_CHECK, arguments));
        return judged.status == 2 && judged.err.find("usage:") != std::string::npos;
    };

    CHECK(usage({}));
    CHECK(usage({"--program"}));
    CHECK(usage({"--program", "/no/such/program"}));
    CHECK(usage({"--program", "/"}));
    CHECK(usage({"--program", program, "--seed", "0"}));
    CHECK(usage({"--program", program, "--seed", "-1"}));
    CHECK(usage({"--program", program, "--seed", "7x"}));
    CHECK(usage({"--program", program, "--cases", "0"}));
    CHECK(usage({"--program", program, "--clock", "sundial"}));
    CHECK(usage({"--program", program, "--expect", "perfect"}));
    CHECK(usage({"--program", program, "--frobnicate"}));
    CHECK_FALSE(usage({"--program", program}));
}

TEST_CASE("a program that cannot be run is the grader's fault") {
    const Scratch scratch;
    const Judged judged =
        finish(start(scratch, JUDGE_SAMPLE_CHECK, {"--program", __FILE__, "--cases", "1"}));

    CHECK(judged.status == 3);
    CHECK(judged.verdict() == "grader-error");
    CHECK(judged.message().find("cannot run") != std::string::npos);
}
