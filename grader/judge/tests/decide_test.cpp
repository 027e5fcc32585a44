// decide_test.cpp: the decision as a table: each row adds one fact to a good run, or to a bad one;
// and all combinations of facts there are, against a second statement of the order of precedence.
#include <judge/decide.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <optional>
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

namespace {

const std::vector<Compile> compiles = {Compile::ok, Compile::failed, Compile::over_limit};
const std::vector<Closing> closings = {Closing::missing, Closing::right, Closing::forged,
                                       Closing::miscounted, Closing::damaged};
const std::vector<Ending> endings = {Ending::none,    Ending::ok,     Ending::deadlock,
                                     Ending::runaway, Ending::error,  Ending::nested_run,
                                     Ending::timeout, Ending::unknown};
const std::vector<std::optional<Verdict>> objections = {
    std::nullopt,           Verdict::accepted,   Verdict::wrong_order,     Verdict::wrong_time,
    Verdict::wrong_content, Verdict::incomplete, Verdict::blocked_the_loop};

/// Every fact that holds claims the verdict for its own; the claim of the lowest rank is heard:
/// grader-error, compile, limits, signal, ended early, the run's own ending, blocked, wrong,
/// accepted.
Verdict heard(const Facts& f) {
    int best = 90;
    Verdict verdict = Verdict::accepted;
    const auto claim = [&](bool holds, int rank, Verdict claimed) {
        if (holds && rank < best) {
            best = rank;
            verdict = claimed;
        }
    };
    const auto& objection = f.check.objection;
    claim(f.check.comparisons == 0, 81, Verdict::grader_error);
    claim(objection.has_value(), 80, objection.value_or(Verdict::accepted));
    claim(objection == Verdict::accepted, 79, Verdict::grader_error);
    claim(f.slept_for_real, 70, Verdict::blocked_the_loop);
    claim(f.ending == Ending::none || f.ending == Ending::unknown, 60, Verdict::ended_early);
    claim(f.ending == Ending::error || f.ending == Ending::nested_run, 60, Verdict::crashed);
    claim(f.ending == Ending::timeout, 60, Verdict::timed_out);
    claim(f.ending == Ending::runaway, 60, Verdict::runaway);
    claim(f.ending == Ending::deadlock, 60, Verdict::hang);
    claim(f.closing != Closing::right, 50, Verdict::ended_early);
    claim(f.exit.status != 0, 50, Verdict::ended_early);
    claim(f.exit.status != 0 && f.exit.sanitizer_report, 41, Verdict::crashed);
    claim(f.exit.by_signal, 40, Verdict::crashed);
    claim(f.limits.time, 34, Verdict::timed_out);
    claim(f.limits.output, 33, Verdict::output_limit);
    claim(f.limits.memory, 32, Verdict::out_of_memory);
    claim(f.limits.processes, 31, Verdict::process_limit);
    claim(f.compile == Compile::over_limit, 20, Verdict::compile_limit);
    claim(f.compile == Compile::failed, 20, Verdict::does_not_compile);
    claim(f.check.faulty || f.infrastructure_fault, 10, Verdict::grader_error);
    return verdict;
}

/// Takes one of `choices` off `rest`, as a digit of a number whose digits have different bases.
std::size_t take(std::size_t choices, std::size_t& rest) {
    const std::size_t digit = rest % choices;
    rest /= choices;
    return digit;
}

/// The combination of facts of that number; numbers go up to the product of all choices.
Facts combination(std::size_t number) {
    const auto yes = [&number] { return take(2, number) != 0; };
    Facts facts;
    facts.infrastructure_fault = yes();
    facts.check.faulty = yes();
    facts.limits = {yes(), yes(), yes(), yes()};
    facts.exit.by_signal = yes();
    facts.exit.sanitizer_report = yes();
    facts.slept_for_real = yes();
    facts.exit.status = yes() ? 3 : 0;
    facts.compile = compiles[take(compiles.size(), number)];
    facts.closing = closings[take(closings.size(), number)];
    facts.ending = endings[take(endings.size(), number)];
    facts.check.objection = objections[take(objections.size(), number)];
    facts.check.comparisons = static_cast<int>(take(3, number));
    return facts;
}

} // namespace

TEST_CASE("whatever comes together, the verdict is the one of the fact that ranks first") {
    const std::size_t combinations =
        1024 * compiles.size() * closings.size() * endings.size() * objections.size() * 3;
    long differing = 0, accepted = 0;

    for (std::size_t number = 0; number < combinations; ++number) {
        const Facts facts = combination(number);
        const Verdict verdict = decide(facts);
        differing += verdict != heard(facts);
        accepted += verdict == Verdict::accepted;
    }

    CHECK(differing == 0);
    // Every fact is good; a sanitizer's report, and one comparison or two, are free.
    CHECK(accepted == 2 * 2);
}
