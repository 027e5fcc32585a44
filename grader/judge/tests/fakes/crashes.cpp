// crashes.cpp: programs that end by a signal, an exception or a sanitizer's report.
#include "channel.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace {

void die_by(int signal) {
    std::signal(signal, SIG_DFL);
    raise(signal);
}

} // namespace

BEHAVIOUR(segv) {
    channel.say_all();
    die_by(SIGSEGV);
}
BEHAVIOUR(bus) { die_by(SIGBUS); }
BEHAVIOUR(fpe) { die_by(SIGFPE); }
BEHAVIOUR(ill) { die_by(SIGILL); }
BEHAVIOUR(trap) { die_by(SIGTRAP); }
BEHAVIOUR(killed) { die_by(SIGKILL); }
BEHAVIOUR(term) { die_by(SIGTERM); }

BEHAVIOUR(hears_signals) {
    sigset_t awaited;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGUSR1);
    sigaddset(&awaited, SIGTERM);
    sigprocmask(SIG_BLOCK, &awaited, nullptr);
    channel.say_all();
    for (int i = 0; i < 2; ++i) {
        int signal = 0;
        sigwait(&awaited, &signal);
        std::printf("%s\n", signal == SIGTERM ? "TERM" : "USR1");
    }
}

// Signals after a perfect record: a crash in the last destructor is a crash.
BEHAVIOUR(segv_after_closing) {
    channel.finish();
    die_by(SIGSEGV);
}

BEHAVIOUR(broken_contract) {
    std::fputs("aio: broken contract: count (x) > 0 (/somewhere/aio/lock.hpp:12)\n", stderr);
    std::abort();
}

BEHAVIOUR(uncaught) { throw std::runtime_error("nobody catches me"); }

BEHAVIOUR(stack_overflow) {
    // Deep enough for any stack; volatile keeps the compiler from making it a loop.
    struct Deep {
        static int down(int depth) {
            volatile char room[4096];
            room[0] = static_cast<char>(depth);
            return depth == 1'000'000'000 ? room[0] : down(depth + 1) + room[0];
        }
    };
    std::printf("%d\n", Deep::down(0));
}

BEHAVIOUR(sanitizer_report) {
    std::fputs(
        "=================================================================\n"
        "==4711==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc "
        "0x55 bp 0x7f\nREAD of size 4\n",
        stderr);
    _exit(99);
}

BEHAVIOUR(undefined_behaviour_report) {
    std::fputs("answer.cpp:12:7: runtime error: signed integer overflow: 1 + 2147483647\n", stderr);
    _exit(99);
}
