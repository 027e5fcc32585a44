// box_test.cpp: what the judge believes of a sandbox, with shell scripts in the place of one.
#include "box.hpp"

#include <judge/process.hpp>

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

using namespace lab::judge;

namespace {

/// Runs `script` as if it were a sandbox; $0 is the program, /bin/true, and $1 the descriptor.
Outcome run_in(const std::string& script) {
    ProgramSpec spec{"/bin/true", "seed=0 clock=virtual nonce=x\n", {}, -1, {}, {}};
    spec.box.words = {"/bin/sh", "-c", script, "{program}", "{status}"};
    return run_program(spec);
}

} // namespace

TEST_CASE("a sandbox's report is read line by line, and only its whole lines count") {
    CHECK(read_box_report("").problem == "did not start");
    CHECK(read_box_report("started\n").problem == "was ended before its program");
    CHECK(read_box_report("direct\n").direct);
    CHECK(!read_box_report("direct\nfailed no such file\n").direct);
    CHECK(read_box_report("failed no such file\n").problem == "did not start: no such file");
    CHECK(read_box_report("started\nended 139\n").status == 139);
    CHECK(read_box_report("started\nended 139\n").ended);
    CHECK(!read_box_report("started\nended 13x\n").ended);
    CHECK(!read_box_report("started\nended\n").ended);
}

TEST_CASE("the wait status is the one that the sandbox reports, not the sandbox's own") {
    const Outcome crashed = run_in("echo started >&$1; echo ended 11 >&$1; exit 0");
    CHECK(crashed.fault.empty());
    CHECK(crashed.by_signal);
    CHECK(crashed.status == SIGSEGV);

    const Outcome like_a_shell = run_in("echo started >&$1; echo ended $((139 << 8)) >&$1; exit 1");
    CHECK(!like_a_shell.by_signal);
    CHECK(like_a_shell.status == 139);
}

TEST_CASE("a sandbox that became the program is waited for itself") {
    const Outcome outcome = run_in("echo direct >&$1; kill -9 $$");

    CHECK(outcome.fault.empty());
    CHECK(outcome.by_signal);
    CHECK(outcome.status == SIGKILL);
}

TEST_CASE("a sandbox without a report is a fault of ours that may pass") {
    for (const char* const script : {"exit 0", "exit 1", "kill -9 $$", "echo started >&$1",
                                     "echo failed no room >&$1; exit 125", "exec \"$0\""}) {
        CAPTURE(script);
        const Outcome outcome = run_in(script);
        CHECK(!outcome.fault.empty());
        CHECK(outcome.transient);
    }
}

TEST_CASE("the counters of control groups of both versions are summed, and missing ones are zero") {
    const auto folder = std::filesystem::temp_directory_path() / "lab-box-test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "memory.events") << "low 5\noom 9\noom_kill 2\noom_group_kill 0\n";
    std::ofstream(folder / "memory.oom_control") << "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n";
    std::ofstream(folder / "pids.events") << "max 7\n";

    const Refusals refused = refusals({folder, "/nowhere"});

    std::filesystem::remove_all(folder);
    CHECK(refused.memory == 3);
    CHECK(refused.processes == 7);
}
