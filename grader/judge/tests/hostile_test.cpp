// hostile_test.cpp: every wrong, broken or cheating program gets its own verdict and hint.
#include "checker.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace judge_tests;

namespace {

struct Row {
    std::string behaviour, verdict, hint;
};

void check(const Row& row, const std::vector<std::string>& arguments = {}) {
    const Scratch scratch;
    const Judged judged = judged_by_sample(scratch, row.behaviour, arguments);

    CAPTURE(row.behaviour);
    CAPTURE(judged.err);
    CAPTURE(judged.json.dump().substr(0, 2000));
    CHECK(judged.verdict() == row.verdict);
    CHECK(judged.hint() == row.hint);
    CHECK(judged.status == (row.verdict == "accepted" ? 0 : 1));
    CHECK(alive(scratch, row.behaviour) == 0);
    CHECK(is_clean(scratch));
}

} // namespace

TEST_CASE("answers that keep the protocol") {
    for (const Row& row : std::vector<Row>{
             {"right", "accepted", ""},
             {"ties_swapped", "wrong-order", ""},
             {"wrong_order", "wrong-order", ""},
             {"wrong_time", "wrong-time", "M02"},
             {"half_a_millisecond_late", "wrong-time", ""},
             {"wrong_content", "wrong-content", ""},
             {"incomplete", "incomplete", ""},
             {"one_task_too_many", "wrong-content", ""},
             {"hard_coded", "wrong-content", "hard-coded"},
             {"printed", "incomplete", "stdout"},
             {"never_awaited", "incomplete", "M01"},
             {"deadlock", "hang", "hang"},
             {"runaway", "runaway", "runaway"},
             {"exception", "crashed", "crash"},
             {"nested_run", "crashed", "M10"},
             {"real_sleep", "blocked-the-loop", "real-sleep"},
             {"no_ending", "ended-early", "ended-early"},
             {"unknown_ending", "ended-early", "ended-early"},
         }) {
        // Seeds whose delay is another one than the published: else a photograph is right.
        check(row, {"--seed", "1"});
    }
}

TEST_CASE("answers that end early or forge their record are never accepted") {
    for (const std::string behaviour : {"static_exit",
                                        "static_underscore_exit",
                                        "static_quick_exit",
                                        "static_forger",
                                        "exit_at_once",
                                        "underscore_exit_at_once",
                                        "quick_exit_at_once",
                                        "exit_in_the_middle",
                                        "exit_after_the_end",
                                        "closes_all_descriptors",
                                        "closes_all_after_saying_all",
                                        "plausible_stdout",
                                        "verdict_on_stdout",
                                        "forged_nonce",
                                        "empty_nonce",
                                        "wrong_count",
                                        "lines_after_closing",
                                        "no_newline_at_the_end",
                                        "garbage_line",
                                        "repeated_sequence",
                                        "ends_twice",
                                        "forked_record",
                                        "status_after_closing"}) {
        check({behaviour, "ended-early", "ended-early"});
    }
}

TEST_CASE("every run has a nonce of its own, 128 random bits") {
    const Scratch scratch;
    const Judged judged = judged_by_sample(scratch, "tells_its_nonce", {"--cases", "2"});
    const auto nonce = [&](std::size_t i) {
        return judged.json["cases"][i]["actual"][0]["text"].get<std::string>();
    };

    CHECK(nonce(0).size() == 32);
    CHECK(nonce(0).find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(nonce(0) != nonce(1));
}

TEST_CASE("answers that crash") {
    for (const std::string behaviour :
         {"static_abort", "abort_at_once", "segv", "bus", "fpe", "ill", "trap", "killed", "term",
          "segv_after_closing", "uncaught", "stack_overflow", "sanitizer_report",
          "undefined_behaviour_report"}) {
        check({behaviour, "crashed", "crash"}, {"--cases", "1"});
    }
}

TEST_CASE("errors of which the runtime says the reason have hints of their own") {
    check({"ends_without_result", "crashed", "missing-co-return"});
    check({"asks_too_early", "crashed", "result-too-early"});
    check({"exception", "crashed", "crash"});
}

TEST_CASE("the first warnings are told, each once") {
    const Scratch scratch;
    const auto warnings = [&](const std::string& behaviour) {
        return judged_by_sample(scratch, behaviour, {"--cases", "1"}).first_case()["warnings"];
    };

    CHECK(warnings("right").empty());
    REQUIRE(warnings("warns_often").size() == 3);
    CHECK(warnings("warns_often")[0]["code"] == "never_awaited");
    CHECK(warnings("warns_often")[0]["text"] == "coroutine 'work' was never awaited");
    CHECK(warnings("warns_often")[1]["text"] == "call 1");
    CHECK(warnings("warns_often")[2]["text"] == "call 2");
}

TEST_CASE("an answer may print what it likes, up to a limit") {
    check({"some_output_then_right", "accepted", ""});
    check({"much_output_then_right", "output-limit", ""}, {"--cases", "1"});
}

TEST_CASE("messages say what happened, without addresses and process numbers") {
    const Scratch scratch;
    const auto message = [&](const std::string& behaviour) {
        return judged_by_sample(scratch, behaviour, {"--cases", "1"}).message();
    };

    CHECK(message("right").empty());
    CHECK(message("deadlock") == "A waits for future 3; B waits for task A");
    CHECK(message("runaway") == "100000 turns went by and time did not move");
    CHECK(message("exception") == "an exception left your code: no such panel");
    CHECK(message("sanitizer_report") == "ERROR: AddressSanitizer: heap-use-after-free");
    CHECK(message("undefined_behaviour_report") ==
          "answer.cpp:12:7: runtime error: signed integer overflow: 1 + 2147483647");
    CHECK(message("segv").find("(SIGSEGV): it used memory that is not its own, such as an element "
                               "past the end of a list") != std::string::npos);
    CHECK(message("exit_at_once") ==
          "the program ended with status 0 before the exercise was over");
    CHECK(message("real_sleep") == "500 ms of real time passed in one callback");
    CHECK(message("wrong_time") ==
          "line 3 must be \"second\" at 200 ms and is \"second\" at 100 ms");
    CHECK(message("incomplete") == "line 2 is missing: \"first\" at 100 ms");
    CHECK(message("ends_without_result") ==
          "`load` promises a result, and its closing brace was reached without `co_return`. Which "
          "value does its caller wait for?");
    CHECK(message("asks_too_early") ==
          "somebody asked for a result that is not there yet; what has to come before?");
    CHECK(message("broken_contract") ==
          "the program was ended by signal 6 (SIGABRT): broken contract: count (x) > 0");
    CHECK(message("abort_at_once").find("abort() was called") != std::string::npos);
    CHECK(message("one_task_too_many") ==
          "one task is enough: run.tasks_created() == 1 does not hold: 2 == 1");
}

TEST_CASE("a check's own faults are never the student's") {
    const Scratch scratch;
    const auto verdict = [&](const std::string& odd, const std::string& behaviour = "right",
                             std::vector<std::string> arguments = {"--seed", "1"}) {
        const Judged judged = judge_oddly(scratch, odd, behaviour, std::move(arguments));
        CAPTURE(judged.json.dump().substr(0, 2000));
        CHECK(judged.status == (judged.verdict() == "grader-error" ? 3
                                : judged.verdict() == "accepted"   ? 0
                                                                   : 1));
        return judged.verdict() + (judged.hint().empty() ? "" : ":" + judged.hint());
    };

    CHECK(verdict("") == "accepted");
    CHECK(verdict("compares nothing") == "grader-error");
    CHECK(verdict("never runs") == "grader-error");
    CHECK(verdict("throws") == "grader-error");
    CHECK(verdict("false alarm") == "accepted"); // a student is not to suffer for it
    CHECK(verdict("false alarm", "right", {"--audit"}) == "grader-error");
    // With seeds 1 to 4 the third says nothing: too small a case to tell the belief from the truth.
    CHECK(verdict("false alarm in small cases", "right", {"--audit", "--seed", "1"}) == "accepted");
    CHECK(verdict("rejects") == "blocked-the-loop");
    CHECK(verdict("ties", "ties_swapped") == "accepted");
    CHECK(verdict("looks at broken runs", "deadlock") == "hang:M09");
    CHECK(verdict("looks at broken runs", "exit_in_the_middle") == "ended-early:ended-early");
    CHECK(judge_oddly(scratch, "own words", "right").message() == "seven tasks are needed");
    CHECK(judge_oddly(scratch, "throws", "right").message() ==
          "the check \"odd\" broke: vector::at");
}
