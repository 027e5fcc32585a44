// decide_test.cpp: the decision as a table: each row adds one fact to a good run, or to a bad one.
#include <judge/decide.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

using namespace lab;
using namespace lab::judge;

namespace {

Facts good() {
    Facts facts;
    facts.closing = Closing::right;
    facts.ending = Ending::ok;
    facts.check.comparisons = 1;
    return facts;
}

using Change = std::function<void(Facts&)>;

struct Row {
    std::string what;
    Verdict verdict;
    Change change;
};

// From the most to the least important: each row must win against all rows below it.
const std::vector<Row> by_precedence = {
    {"infrastructure", Verdict::grader_error, [](Facts& f) { f.infrastructure_fault = true; }},
    {"faulty check", Verdict::grader_error, [](Facts& f) { f.check.faulty = true; }},
    {"not compiled", Verdict::does_not_compile, [](Facts& f) { f.compile = Compile::failed; }},
    {"processes", Verdict::process_limit, [](Facts& f) { f.limits.processes = true; }},
    {"memory", Verdict::out_of_memory, [](Facts& f) { f.limits.memory = true; }},
    {"output", Verdict::output_limit, [](Facts& f) { f.limits.output = true; }},
    {"time", Verdict::timed_out, [](Facts& f) { f.limits.time = true; }},
    {"signal", Verdict::crashed, [](Facts& f) { f.exit.by_signal = true; }},
    {"sanitizer", Verdict::crashed, [](Facts& f) { f.exit = {false, 99, true}; }},
    {"status", Verdict::ended_early, [](Facts& f) { f.exit.status = 3; }},
    {"no closing", Verdict::ended_early, [](Facts& f) { f.closing = Closing::missing; }},
    {"deadlock", Verdict::hang, [](Facts& f) { f.ending = Ending::deadlock; }},
    {"real sleep", Verdict::blocked_the_loop, [](Facts& f) { f.slept_for_real = true; }},
    {"objection", Verdict::wrong_time, [](Facts& f) { f.check.objection = Verdict::wrong_time; }},
};

} // namespace

TEST_CASE("a run is accepted only if everything is good") {
    CHECK(decide(good()) == Verdict::accepted);
    CHECK(decide(Facts{}) != Verdict::accepted);
}

TEST_CASE("each fact alone decides, and wins against every fact below it") {
    for (std::size_t i = 0; i < by_precedence.size(); ++i) {
        Facts facts = good();
        by_precedence[i].change(facts);
        CAPTURE(by_precedence[i].what);
        CHECK(decide(facts) == by_precedence[i].verdict);

        for (std::size_t below = i + 1; below < by_precedence.size(); ++below) {
            // The order matters where two rows write one field: the winner writes last.
            Facts both = good();
            by_precedence[below].change(both);
            by_precedence[i].change(both);
            CAPTURE(by_precedence[below].what);
            CHECK(decide(both) == by_precedence[i].verdict);
        }
    }
}

TEST_CASE("every other value of a fact has its verdict as well") {
    const std::vector<Row> rows = {
        {"compiler's limit", Verdict::compile_limit,
         [](Facts& f) { f.compile = Compile::over_limit; }},
        {"forged", Verdict::ended_early, [](Facts& f) { f.closing = Closing::forged; }},
        {"miscounted", Verdict::ended_early, [](Facts& f) { f.closing = Closing::miscounted; }},
        {"damaged", Verdict::ended_early, [](Facts& f) { f.closing = Closing::damaged; }},
        {"error", Verdict::crashed, [](Facts& f) { f.ending = Ending::error; }},
        {"nested run", Verdict::crashed, [](Facts& f) { f.ending = Ending::nested_run; }},
        {"runaway", Verdict::runaway, [](Facts& f) { f.ending = Ending::runaway; }},
        {"timeout", Verdict::timed_out, [](Facts& f) { f.ending = Ending::timeout; }},
        {"no ending", Verdict::ended_early, [](Facts& f) { f.ending = Ending::none; }},
        {"odd ending", Verdict::ended_early, [](Facts& f) { f.ending = Ending::unknown; }},
        {"nothing compared", Verdict::grader_error, [](Facts& f) { f.check.comparisons = 0; }},
        {"objects by accepting", Verdict::grader_error,
         [](Facts& f) { f.check.objection = Verdict::accepted; }},
        {"a report, but status 0", Verdict::accepted,
         [](Facts& f) { f.exit.sanitizer_report = true; }},
    };
    for (const Row& row : rows) {
        Facts facts = good();
        row.change(facts);
        CAPTURE(row.what);
        CHECK(decide(facts) == row.verdict);
    }
}
