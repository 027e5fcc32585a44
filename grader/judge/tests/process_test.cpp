// process_test.cpp: what a program finds around itself, and what its run leaves in the judge.
#include "checker.hpp"

#include <judge/process.hpp>

#include <doctest/doctest.h>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>

using namespace lab::judge;

namespace {

int open_descriptors() {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        count += entry.exists() ? 1 : 0;
    }
    return count;
}

Outcome run(const std::filesystem::path& program) {
    return run_program({program, "seed=0 clock=virtual nonce=x\n", {}, -1, {}});
}

} // namespace

TEST_CASE("a program finds five descriptors, an empty stdin and a session of its own") {
    const judge_tests::Scratch scratch;
    const int inherited = open("/dev/null", O_RDONLY); // not closed by exec

    CHECK(run(scratch.fake("looks_around")).out == "0 1 2 3 4 stdin 0 session 1\n");
    close(inherited);
}

TEST_CASE("a program that cannot be started for a reason that passes is tried again") {
    const judge_tests::Scratch scratch;
    const auto program = scratch.tmp() / "right";
    std::filesystem::copy_file(JUDGE_FAKE, program);
    // A file that somebody writes to cannot be run (ETXTBSY), as right after it was linked.
    const int writer = open(program.c_str(), O_WRONLY | O_CLOEXEC);
    const auto start_judge = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"--program", program.string(), "--cases", "1"});
        return judge_tests::start(scratch, JUDGE_SAMPLE_CHECK, more);
    };

    CHECK(judge_tests::finish(start_judge({"--no-retry"})).verdict() == "grader-error");

    const auto patient = start_judge({});
    poll(nullptr, 0, 50);
    close(writer);
    CHECK(judge_tests::finish(patient).verdict() == "accepted");
}

TEST_CASE("a program gets a small environment and an empty directory") {
    const Outcome outcome = run("/usr/bin/env");

    CHECK(outcome.fault.empty());
    CHECK(outcome.status == 0);
    CHECK(outcome.out.find("LAB_FDS=3,4\n") != std::string::npos);
    CHECK(outcome.out.find("TMPDIR=") != std::string::npos);
    CHECK(outcome.out.find("PWD=") == std::string::npos); // nothing of ours

    const Outcome listing = run("/usr/bin/ls");
    CHECK(listing.out.empty());
}

TEST_CASE("runs leak no descriptors and no children") {
    const judge_tests::Scratch scratch;
    run(scratch.fake("right"));
    const int before = open_descriptors();

    for (int i = 0; i < 5; ++i) {
        run(scratch.fake("leaves_orphan"));
        run("/no/such/program");
    }

    CHECK(open_descriptors() == before);
    CHECK(judge_tests::alive(scratch, "leaves_orphan") == 0);
}

TEST_CASE("a program that is not there, and one that may not be run") {
    CHECK(run("/no/such/program").fault ==
          "cannot run /no/such/program: No such file or directory");
    CHECK_FALSE(run("/no/such/program").transient);
    CHECK(run("/etc/passwd").fault.find("Permission denied") != std::string::npos);
}

TEST_CASE("a program gets its signals in their order, and not too early") {
    const judge_tests::Scratch scratch;
    const auto program = scratch.fake("hears_signals");
    const Outcome outcome = run_program({program,
                                         "seed=0 clock=real nonce=x\n",
                                         {},
                                         -1,
                                         {{"first", std::chrono::milliseconds(50), SIGUSR1},
                                          {"first", std::chrono::milliseconds(50), SIGTERM}}});

    CHECK(outcome.out == "USR1\nTERM\n");
    CHECK_FALSE(outcome.by_signal);
    CHECK(outcome.seconds >= 0.1);
}

TEST_CASE("exit status and signal are told apart") {
    const judge_tests::Scratch scratch;
    const Outcome left = run(scratch.fake("status_after_closing"));
    CHECK_FALSE(left.by_signal);
    CHECK(left.status == 3);

    const Outcome killed = run(scratch.fake("segv"));
    CHECK(killed.by_signal);
    CHECK(killed.status == 11);
}
