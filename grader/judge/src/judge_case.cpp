// judge_case.cpp: runs a checker's test cases for one seed and collects what they say.
#include "case_state.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <sstream>
#include <string>

namespace lab::judge {

namespace {

constexpr const char* case_is_over = "case is over"; // doctest hands exceptions on as words alone

/// Writes doctest's findings into the state of the case instead of onto the screen.
class Listener : public doctest::IReporter {
public:
    explicit Listener(const doctest::ContextOptions&) {}

    void test_case_start(const doctest::TestCaseData& test) override { title_ = test.m_name; }

    void test_case_exception(const doctest::TestCaseException& exception) override {
        if (exception.error_string != case_is_over) {
            current_case().check_fault =
                "the check \"" + title_ + "\" broke: " + exception.error_string.c_str();
        }
    }

    void log_assert(const doctest::AssertData& assertion) override {
        auto& state = current_case();
        ++state.comparisons;
        if (assertion.m_failed) {
            state.object(Verdict::wrong_content, sentence(assertion));
        }
    }

    void log_message(const doctest::MessageData& message) override {
        if ((message.m_severity & doctest::assertType::is_warn) == 0) { // FAIL and FAIL_CHECK
            current_case().object(Verdict::wrong_content, message.m_string.c_str());
        }
    }

    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats&) override {}
    void test_case_reenter(const doctest::TestCaseData&) override {}
    void test_case_end(const doctest::CurrentTestCaseStats&) override {}
    void subcase_start(const doctest::SubcaseSignature&) override {}
    void subcase_end() override {}
    void test_case_skipped(const doctest::TestCaseData&) override {}

private:
    /// The check's own words (CHECK_MESSAGE, INFO) if it has some, else the broken condition.
    std::string sentence(const doctest::AssertData& assertion) const {
        if (get_num_active_contexts() > 0) {
            std::ostringstream words;
            get_active_contexts()[0]->stringify(&words);
            return words.str();
        }
        const std::string condition = std::string(title_.c_str()) + ": " + assertion.m_expr;
        if (assertion.m_threw) {
            return condition + " threw " + assertion.m_exception.c_str();
        }
        return condition + " does not hold: " + assertion.m_decomp.c_str();
    }

    std::string title_;
};

/// Whether a line that is missing from the transcript was printed to stdout instead.
bool printed_instead(const CaseState& state) {
    if (!state.run || !state.expected) {
        return false;
    }
    std::istringstream printed(state.run->stdout_text());
    for (std::string line; std::getline(printed, line);) {
        const bool missing =
            std::any_of(state.expected->begin(), state.expected->end(), [&](const Line& one) {
                return !one.text.empty() && line.find(one.text) != std::string::npos &&
                       state.run->lines_with(one.text) == 0;
            });
        if (missing) {
            return true;
        }
    }
    return false;
}

/// Returns: the first few warnings, each text once: one slip in a loop warns often.
std::vector<Warning> first_warnings(const std::vector<Warning>& all) {
    constexpr std::size_t most = 3;
    std::vector<Warning> first;
    for (const Warning& warning : all) {
        const bool known = std::any_of(first.begin(), first.end(), [&](const Warning& other) {
            return other.text == warning.text;
        });
        if (!known && !warning.text.empty() && first.size() < most) {
            first.push_back(warning);
        }
    }
    return first;
}

void run_test_cases() {
    doctest::Context context;
    context.addFilter("reporters", "lab-judge");
    context.setOption("no-breaks", true);
    context.setOption("no-version", true);
    context.setOption("no-intro", true);
    context.setOption("order-by", "file"); // the order in which the check is written
    context.run();
}

} // namespace

CaseReport judge_case(const Setup& setup, std::uint64_t seed) {
    static std::once_flag registered;
    std::call_once(registered, [] {
        doctest::registerReporter<Listener>("lab-judge", 0, true);
        doctest::registerExceptionTranslator<CaseIsOver>(
            [](CaseIsOver) { return doctest::String(case_is_over); });
    });
    CaseState& state = current_case();
    state = CaseState{};
    state.setup = &setup;
    state.seed = seed;
    run_test_cases();

    if (!state.run && state.check_fault.empty()) {
        state.check_fault = "the check never ran the answer";
    }
    CaseReport report;
    report.seed = seed;
    report.verdict = decide(facts_of(state));
    report.message = explain(state, report.verdict);
    report.expected = state.expected.value_or(Transcript{});
    report.first_difference = state.first_difference;
    if (state.run) {
        report.actual = state.run->transcript();
        report.stdout_bytes = state.outcome->out_bytes;
        report.seconds = state.outcome->seconds;
        report.warnings = first_warnings(state.run->warnings());
    }
    report.evidence = {report.verdict,
                       state.suspects,
                       seed == 0,
                       state.run && state.run->warned("nested_run"),
                       state.run && state.run->warned("real_sleep"),
                       printed_instead(state),
                       state.run && state.run->warned("exception_in_callback"),
                       slip_of(state)};
    return report;
}

} // namespace lab::judge
