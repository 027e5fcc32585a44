// stop_test.cpp: a judge that is asked to stop, or killed, takes its program with it.
#include "checker.hpp"

#include <doctest/doctest.h>

#include <poll.h>

#include <csignal>
#include <string>

using namespace judge_tests;

namespace {

/// Waits until `count` processes show the behaviour; five seconds are plenty.
bool becomes(const Scratch& scratch, const std::string& behaviour, int count) {
    for (int i = 0; i < 1000 && alive(scratch, behaviour) != count; ++i) {
        poll(nullptr, 0, 5);
    }
    return alive(scratch, behaviour) == count;
}

} // namespace

TEST_CASE("SIGTERM, SIGINT and SIGHUP end the program, then the judge") {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        const Scratch scratch;
        const Running running =
            start(scratch, JUDGE_SAMPLE_CHECK, {"--program", scratch.fake("sleeper").string()});
        REQUIRE(becomes(scratch, "sleeper", 1));

        kill(running.pid, signal);
        const Judged judged = finish(running);

        CAPTURE(signal);
        CHECK(judged.status == -signal);
        CHECK(judged.seconds < 5);         // at once: the program would have slept on
        CHECK(judged.json.is_discarded()); // no verdict: nothing was decided
        CHECK(alive(scratch, "sleeper") == 0);
        CHECK(is_clean(scratch));
    }
}

TEST_CASE("a judge that is killed takes the program with it") {
    const Scratch scratch;
    const Running running =
        start(scratch, JUDGE_SAMPLE_CHECK, {"--program", scratch.fake("sleeper").string()});
    REQUIRE(becomes(scratch, "sleeper", 1));

    kill(running.pid, SIGKILL);
    finish(running);

    CHECK(becomes(scratch, "sleeper", 0));
}
