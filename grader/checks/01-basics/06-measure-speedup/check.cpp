// check.cpp: decides whether both ways of waiting are measured, by the loop's clock.
//
// Design: the goal is to compute both times before the program does. Left out on purpose: the real
// clock. Known machines: both in a row (M02), a clock read before the wait (M09), a speed-up that
// is taken for n (speedup-is-n), dropped objects (M01), blocking (M25), another clock
// (wrong-clock).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <cstdio>
#include <cstdlib>

using namespace exercise;

LAB_CHECK("01-basics/06-measure-speedup")

namespace {

constexpr double half_a_digit = 0.005; // times are said with two decimals

std::string number(double value, int decimals) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

double seconds(lab::ms time) { return static_cast<double>(time.count()) / 1000; }

/// The two times of one call, as they must be.
struct Times {
    lab::ms sequential, concurrent;
};

Times times(const Call& call) {
    const int slow = call.odd_ids_are_slow ? call.n / 2 : 0;
    return {(call.n + slow) * call.d, slow > 0 ? 2 * call.d : call.d};
}

std::string factor(double value) { return "Speedup: " + number(value, 1) + "x"; }

std::string factor(const Times& t) { return factor(seconds(t.sequential) / seconds(t.concurrent)); }

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    lab::ms end = 0ms;
    for (const Call& call : p.calls) {
        const Times t = times(call);
        end += t.sequential + t.concurrent;
        lines.push_back({end, "Sequential: " + number(seconds(t.sequential), 2) + "s"});
        lines.push_back({end, "Concurrent: " + number(seconds(t.concurrent), 2) + "s"});
        lines.push_back({end, factor(t)});
    }
    return lines;
}

/// What was said in one call of compare.
struct Said {
    Call call;
    Times right;
    double sequential, concurrent; ///< the numbers behind the labels, in seconds
    std::string third;
    lab::ms took; ///< from the end of the call before it to the last line
};

/// Returns: the number behind `label`, as in "Sequential: 2.00s", or -1 without one.
double number_behind(const std::string& label, const std::string& text) {
    return text.rfind(label, 0) == 0 ? std::strtod(text.c_str() + label.size(), nullptr) : -1;
}

/// Returns: the calls that said three lines.
std::vector<Said> calls_of(const Params& p, const lab::Transcript& lines) {
    std::vector<Said> calls;
    for (std::size_t i = 0; i < p.calls.size() && 3 * i + 2 < lines.size(); ++i) {
        const lab::ms begin = i == 0 ? 0ms : lines[3 * i - 1].at;
        calls.push_back({p.calls[i], times(p.calls[i]),
                         number_behind("Sequential: ", lines[3 * i].text),
                         number_behind("Concurrent: ", lines[3 * i + 1].text),
                         lines[3 * i + 2].text, lines[3 * i + 2].at - begin});
    }
    return calls;
}

/// The second time is longer than it could be, but no longer than the waits in a row.
bool waited_in_a_row(const Said& said) {
    return said.concurrent > seconds(said.right.concurrent) + half_a_digit &&
           said.concurrent < seconds(said.right.sequential) + half_a_digit &&
           said.took > said.right.sequential + said.right.concurrent;
}

/// All waits took place, but the clock that was read hardly noticed them.
bool read_another_clock(const Said& said) {
    return said.sequential >= 0 && said.sequential < seconds(said.call.d) - half_a_digit &&
           said.took == said.right.sequential + said.right.concurrent;
}

/// Something ran in the first block, nothing passed during the second.
bool read_the_clock_early(const Said& said) {
    return said.sequential > half_a_digit && said.concurrent >= 0 && said.concurrent < half_a_digit;
}

/// Returns: how often io_task must be called in all.
std::size_t calls_wanted(const Params& p) {
    std::size_t wanted = 0;
    for (const Call& call : p.calls) {
        wanted += 2 * static_cast<std::size_t>(call.n);
    }
    return wanted;
}

/// The third line says n where the two times give another factor.
bool says_n(const Said& said) {
    return said.third == factor(said.call.n) && said.third != factor(said.right);
}

} // namespace

TEST_CASE("the sequential time, the concurrent time and their quotient are measured") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const auto calls = calls_of(p, run.transcript());
    const auto any = [&](bool (*belief)(const Said&)) {
        return std::any_of(calls.begin(), calls.end(), belief);
    };
    const Times first = times(p.calls.front());
    const auto taken_for_n = std::find_if(calls.begin(), calls.end(), says_n);
    const Call& shown = taken_for_n == calls.end() ? p.calls.front() : taken_for_n->call;
    const lab::Facts facts = {{"sequential", number(seconds(first.sequential), 2) + "s"},
                              {"concurrent", number(seconds(first.concurrent), 2) + "s"},
                              {"expected_total", ms_text(first.sequential + first.concurrent)},
                              {"n", std::to_string(shown.n)}};

    lab::suspect("M25", "R6", run.count("block") > 0, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("wrong-clock", "R6", any(read_another_clock), facts);
    lab::suspect("M09", "R6", any(read_the_clock_early), facts);
    lab::suspect("M02", "R3", any(waited_in_a_row), facts);
    lab::suspect("speedup-is-n", "R6", any(says_n), facts);

    CHECK_TRANSCRIPT(run, expected(p));

    // n + 1 tasks together take no longer than n: the lines alone would not tell.
    const std::size_t calls_made = run.count("coro.new", "fn", "io_task");
    if (calls_made != calls_wanted(p)) {
        lab::reject(lab::Verdict::wrong_content,
                    "io_task was called " + std::to_string(calls_made) +
                        " times; n in a row and n together are " + std::to_string(calls_wanted(p)));
    }
}
