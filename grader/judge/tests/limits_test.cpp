// limits_test.cpp: programs that use up what they can get a verdict in time and leave nothing.
#include "checker.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <thread>
#include <vector>

using namespace judge_tests;

namespace {

/// Far above a second, so that a busy machine passes, and far below what the fakes would take.
constexpr double patience = 12;

/// One case, one second of either time.
void check(const std::string& behaviour, const std::string& verdict) {
    const Scratch scratch;
    const Judged judged = judged_by_sample(
        scratch, behaviour, {"--cases", "1", "--cpu-seconds", "1", "--wall-seconds", "1"});

    CAPTURE(behaviour);
    CAPTURE(judged.err);
    CAPTURE(judged.json.dump().substr(0, 2000));
    CHECK(judged.verdict() == verdict);
    CHECK(judged.seconds < patience);
    CHECK(alive(scratch, behaviour) == 0);
    CHECK(is_clean(scratch));
}

} // namespace

TEST_CASE("endless loops and sleeps are timed out") {
    for (const std::string behaviour :
         {"endless_loop", "endless_loop_ignoring_signals", "sleeper",
          "sleeper_with_closed_descriptors", "stopped", "busy_child"}) {
        check(behaviour, "timed-out");
    }
}

TEST_CASE("work that children do counts, though each stays within its own limit") {
    const Scratch scratch;
    const Judged judged =
        judged_by_sample(scratch, "busy_children", {"--cpu-seconds", "1", "--wall-seconds", "60"});

    CHECK(judged.verdict() == "timed-out");
    CHECK(judged.message().find("used the processor for 1 s") != std::string::npos);
    CHECK(judged.seconds < patience);
}

TEST_CASE("a limit is met once, not once per case") {
    const Scratch scratch;
    const Judged judged =
        judged_by_sample(scratch, "sleeper", {"--wall-seconds", "1", "--cpu-seconds", "1"});

    CHECK(judged.verdict() == "timed-out");
    CHECK(judged.json["cases"].size() == 1);
}

TEST_CASE("time spent waiting for a processor does not count") {
    // Three programs that never rest on each processor: half a second of work takes some two
    // seconds.
    std::vector<pid_t> busy;
    for (unsigned i = 0; i < 3 * std::thread::hardware_concurrency(); ++i) {
        busy.push_back(fork());
        if (busy.back() == 0) {
            alarm(20);
            volatile unsigned spin = 0;
            for (;;) {
                spin = 1 - spin;
            }
        }
    }
    check("works_half_a_second", "accepted");
    for (const pid_t pid : busy) {
        kill(pid, SIGKILL);
        waitpid(pid, nullptr, 0);
    }
}

TEST_CASE("a timed out program is told whether it worked or slept") {
    const Scratch scratch;
    const std::vector<std::string> short_limits = {"--cases",        "1", "--cpu-seconds", "1",
                                                   "--wall-seconds", "1"};

    CHECK(judged_by_sample(scratch, "endless_loop", short_limits).message() ==
          "the program used the processor for 1 s and did not end: an endless loop, most likely");
    CHECK(judged_by_sample(scratch, "sleeper", short_limits).message().find("still waiting") !=
          std::string::npos);
}

TEST_CASE("processes left behind do not outlive the verdict") {
    for (const std::string behaviour : {"leaves_child", "leaves_orphan", "leaves_many_orphans"}) {
        check(behaviour, "accepted");
    }
}

TEST_CASE("too many processes or threads") {
    check("fork_bomb", "process-limit");
    check("thread_bomb", "process-limit");
}

TEST_CASE("too much memory") {
    for (const std::string behaviour : {"memory", "memory_reported", "memory_by_mmap"}) {
        check(behaviour, "out-of-memory");
    }
}

TEST_CASE("memory is counted over all processes of a run") {
    const Scratch scratch;

    CHECK(judged_by_sample(scratch, "memory_of_children").verdict() == "out-of-memory");
    CHECK(alive(scratch, "memory_of_children") == 0);
}

TEST_CASE("too much output") {
    for (const std::string behaviour :
         {"endless_stdout", "endless_stderr", "endless_without_newline", "endless_binary",
          "endless_transcript", "endless_transcript_line", "huge_file"}) {
        check(behaviour, "output-limit");
    }
}

TEST_CASE("files of a run go away with it, also behind a locked door") {
    check("leaves_files", "accepted");
}
