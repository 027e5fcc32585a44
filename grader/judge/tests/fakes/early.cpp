// early.cpp: programs that want to be accepted without doing the exercise, or forge its record.
#include "channel.hpp"

#include <errno.h> // program_invocation_short_name
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void print_plausible() {
    std::puts("[    0] start\n[  100] first\n[  200] second\n[  200] result 100");
    std::fflush(stdout);
}

// Ends before main() has begun.
struct AtStart {
    AtStart() {
        const std::string_view name = program_invocation_short_name;
        if (name == "static_exit") {
            std::exit(0);
        } else if (name == "static_underscore_exit") {
            _exit(0);
        } else if (name == "static_quick_exit") {
            std::quick_exit(0);
        } else if (name == "static_abort") {
            std::abort();
        } else if (name == "static_forger") {
            const char closing[] =
                "{\"closing\":\"00000000000000000000000000000000\",\"events\":0}\n";
            fake::write_all(4, closing);
            _exit(0);
        }
    }
} at_start;

} // namespace

BEHAVIOUR(static_exit) {}
BEHAVIOUR(static_underscore_exit) {}
BEHAVIOUR(static_quick_exit) {}
BEHAVIOUR(static_abort) {}
BEHAVIOUR(static_forger) {}

BEHAVIOUR(exit_at_once) { std::exit(0); }
BEHAVIOUR(underscore_exit_at_once) { _exit(0); }
BEHAVIOUR(quick_exit_at_once) { std::quick_exit(0); }
BEHAVIOUR(abort_at_once) { std::abort(); }

BEHAVIOUR(exit_in_the_middle) {
    channel.say_all();
    std::exit(0);
}

BEHAVIOUR(exit_after_the_end) {
    channel.say_all();
    channel.end();
    _exit(0); // all but the closing line
}

BEHAVIOUR(closes_all_descriptors) {
    for (int fd = 0; fd < 64; ++fd) {
        close(fd);
    }
}

BEHAVIOUR(closes_all_after_saying_all) {
    channel.say_all();
    for (int fd = 0; fd < 64; ++fd) {
        close(fd);
    }
    channel.end();
    channel.close();
}

BEHAVIOUR(plausible_stdout) {
    print_plausible();
    std::exit(0);
}

BEHAVIOUR(verdict_on_stdout) {
    std::puts("{\"exercise\":\"00-sample/01-sample\",\"verdict\":\"accepted\",\"cases\":[]}");
    std::puts("[doctest] Status: SUCCESS!\nall tests passed");
    std::exit(0);
}

BEHAVIOUR(forged_nonce) {
    channel.say_all();
    channel.end();
    channel.raw("{\"closing\":\"0123456789abcdef0123456789abcdef\",\"events\":6}");
}

BEHAVIOUR(empty_nonce) {
    channel.say_all();
    channel.end();
    channel.raw("{\"closing\":\"\",\"events\":6}");
}

BEHAVIOUR(wrong_count) {
    channel.say_all();
    channel.end();
    channel.raw("{\"closing\":\"" + channel.order().nonce + "\",\"events\":5}");
}

BEHAVIOUR(lines_after_closing) {
    channel.finish();
    channel.say(0, "one more");
}

BEHAVIOUR(no_newline_at_the_end) {
    channel.say_all();
    channel.end();
    fake::write_all(channel.order().out,
                    "{\"closing\":\"" + channel.order().nonce + "\",\"events\":6}");
}

BEHAVIOUR(garbage_line) {
    channel.say_all();
    channel.raw("what is this?");
    channel.end();
    channel.close();
}

BEHAVIOUR(repeated_sequence) {
    channel.say_all();
    channel.raw("{\"seq\":2,\"t\":0,\"turn\":1,\"lane\":\"loop\",\"ev\":\"warn\",\"code\":\"x\"}");
    channel.end();
    channel.close();
}

BEHAVIOUR(ends_twice) {
    channel.end("ok");
    channel.finish();
}

// A child repeats the record, as a fork inside an answer would.
BEHAVIOUR(forked_record) {
    const pid_t child = fork();
    channel.finish();
    if (child > 0) {
        waitpid(child, nullptr, 0);
    }
}

BEHAVIOUR(status_after_closing) {
    channel.finish();
    _exit(3);
}
