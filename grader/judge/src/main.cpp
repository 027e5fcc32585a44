// main.cpp: a checker's main(): judges one program over all its cases and prints one JSON object.
#define DOCTEST_CONFIG_IMPLEMENT
#define DOCTEST_CONFIG_NO_POSIX_SIGNALS // a request to stop is handled below
#include "json.hpp"
#include "options.hpp"

#include <judge/check.hpp>

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <thread>

namespace lab::judge {

namespace {

std::array<int, 2> stop_pipe{-1, -1};
volatile std::sig_atomic_t stop_signal = 0;

void on_stop(int signal) {
    stop_signal = signal;
    (void)!write(stop_pipe[1], "x", 1);
}

/// From here on a request to stop first ends the program that is being judged, then this process.
int listen_for_stop() {
    if (pipe(stop_pipe.data()) != 0) {
        return -1;
    }
    for (const int fd : stop_pipe) {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        fcntl(fd, F_SETFL, O_NONBLOCK);
    }
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        std::signal(signal, on_stop);
    }
    std::signal(SIGPIPE, SIG_IGN);
    return stop_pipe[0];
}

[[noreturn]] void end_as_asked() {
    std::signal(stop_signal, SIG_DFL);
    raise(stop_signal);
    _exit(3);
}

/// Returns: the first seed of a check that was asked for none.
std::uint64_t random_seed() {
    std::uint32_t seed = 0;
    while (seed == 0) {
        if (getrandom(&seed, sizeof seed, 0) != static_cast<ssize_t>(sizeof seed)) {
            seed = static_cast<std::uint32_t>(getpid());
        }
    }
    return seed;
}

/// Whether the other cases would only take as long as this one did: a student waits for one limit,
/// not for five.
bool needs_no_more_cases(Verdict verdict) {
    return verdict == Verdict::timed_out || verdict == Verdict::runaway ||
           verdict == Verdict::out_of_memory || verdict == Verdict::process_limit ||
           verdict == Verdict::output_limit;
}

/// On the real clock a machine that is too busy makes a right answer late, or stops it between two
/// lines: a case that is rejected there is judged again, when the rush may be over. What is wrong
/// stays wrong.
CaseReport judge_patiently(const Setup& setup, std::uint64_t seed) {
    constexpr int most = 5;
    CaseReport report = judge_case(setup, seed);
    double seconds = report.seconds;
    for (int tried = 1; tried < most && report.verdict != Verdict::accepted &&
                        !needs_no_more_cases(report.verdict) && stop_signal == 0;
         ++tried) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100) * tried);
        report = judge_case(setup, seed);
        seconds += report.seconds;
    }
    report.seconds = seconds;
    return report;
}

Report judge_answer(const Options& options) {
    Report report;
    report.exercise = detail::exercise();
    // One after the other, so that a choice which follows the seed's remainder is made in every way
    // in each check.
    const std::uint64_t first_fresh = options.first_seed ? *options.first_seed : random_seed();
    bool patient = options.setup.real_clock && options.setup.retry; // until one case stays rejected
    for (int i = 0; i < options.cases; ++i) {
        const std::uint64_t fresh = first_fresh + static_cast<std::uint64_t>(i) - 1;
        const std::uint64_t seed = i == 0 ? 0 : fresh;
        report.cases.push_back(patient ? judge_patiently(options.setup, seed)
                                       : judge_case(options.setup, seed));
        patient = patient && report.cases.back().verdict == Verdict::accepted;
        report.seconds += report.cases.back().seconds;
        if (stop_signal != 0) {
            end_as_asked();
        }
        if (needs_no_more_cases(report.cases.back().verdict)) {
            break;
        }
    }
    conclude(report);
    return report;
}

/// In an audit an accepted answer must leave every suspect silent.
void look_for_false_alarm(Report& report) {
    std::vector<Evidence> evidence;
    for (const auto& one : report.cases) {
        evidence.push_back(one.evidence);
    }
    if (const auto alarm = false_alarm(evidence)) {
        report.verdict = Verdict::grader_error;
        report.cases.front().message =
            "the check suspects " + alarm->id + " although the answer is right";
    }
}

bool as_expected(const Report& report, const Expectation& expected) {
    const std::string verdict(name(report.verdict));
    // A verdict that no belief explains is explained under its own name.
    const std::string hint = report.hint ? report.hint->id : verdict;
    const bool right_verdict =
        expected.verdict == "not-accepted"
            ? report.verdict != Verdict::accepted && report.verdict != Verdict::grader_error
            : verdict == expected.verdict;
    if (right_verdict && (expected.hint.empty() || hint == expected.hint)) {
        return true;
    }
    std::cerr << "expected " << expected.verdict
              << (expected.hint.empty() ? "" : " with hint " + expected.hint) << ", got " << verdict
              << " with hint " << hint << '\n';
    for (const auto& one : report.cases) {
        std::cerr << "  seed " << one.seed << ": " << name(one.verdict) << " ("
                  << (one.hint ? one.hint->id : "no hint") << ") " << one.message << '\n';
    }
    return false;
}

int exit_status(const Report& report, const Options& options) {
    if (options.expect) {
        return as_expected(report, *options.expect) ? 0 : 1;
    }
    if (report.verdict == Verdict::grader_error) {
        return 3;
    }
    return report.verdict == Verdict::accepted ? 0 : 1;
}

int run(int argc, char** argv) {
    Options options = parse_options(argc, argv);
    options.setup.stop_fd = listen_for_stop();
    Report report = judge_answer(options);
    if (options.audit) {
        look_for_false_alarm(report);
    }
    std::cout << to_json(report) << '\n' << std::flush;
    return exit_status(report, options);
}

} // namespace
} // namespace lab::judge

int main(int argc, char** argv) try {
    if (argc == 2 && std::string_view(argv[1]) == "--help") {
        std::cout << lab::judge::usage(argv[0]);
        return 0;
    }
    return lab::judge::run(argc, argv);
} catch (const lab::judge::UsageError& error) {
    std::cerr << argv[0] << ": " << error.message << '\n' << lab::judge::usage(argv[0]);
    return 2;
} catch (const std::exception& error) {
    std::cerr << argv[0] << ": " << error.what() << '\n';
    return 3;
}
