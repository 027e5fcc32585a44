// limits.cpp: programs that use up what they can, or leave something behind.
#include "channel.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <string>
#include <thread>
#include <vector>

namespace {

/// Sleeps for longer than any test waits, and does not outlive a forgotten test by much.
[[noreturn]] void sleep_long() {
    for (int i = 0; i < 120; ++i) {
        sleep(1);
    }
    _exit(0);
}

void ignore_signals() {
    for (int signal = 1; signal < NSIG; ++signal) {
        std::signal(signal, SIG_IGN);
    }
}

volatile unsigned counter = 0;

/// Leaves a process that has no session, no parent and no descriptor in common with this one.
void leave_orphan() {
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            ignore_signals();
            for (int fd = 0; fd < 64; ++fd) {
                close(fd);
            }
            sleep_long();
        }
        _exit(0);
    }
}

void print_without_end(FILE* to, const std::string& text) {
    for (;;) {
        std::fwrite(text.data(), 1, text.size(), to);
    }
}

} // namespace

BEHAVIOUR(endless_loop) {
    for (;;) {
        counter = counter + 1;
    }
}

BEHAVIOUR(endless_loop_ignoring_signals) {
    ignore_signals();
    for (;;) {
        counter = counter + 1;
    }
}

BEHAVIOUR(sleeper) {
    channel.say_all();
    sleep_long();
}

BEHAVIOUR(sleeper_with_closed_descriptors) {
    for (int fd = 0; fd < 64; ++fd) {
        close(fd);
    }
    sleep_long();
}

BEHAVIOUR(stopped) { raise(SIGSTOP); }

// Ends well, but a child that it left behind holds the pipes.
BEHAVIOUR(leaves_child) {
    if (fork() == 0) {
        sleep_long();
    }
    channel.finish();
}

BEHAVIOUR(leaves_orphan) {
    leave_orphan();
    channel.finish();
}

BEHAVIOUR(leaves_many_orphans) {
    for (int i = 0; i < 20; ++i) {
        leave_orphan();
    }
    channel.finish();
}

// The work happens in a child while the program itself sleeps.
BEHAVIOUR(busy_child) {
    if (fork() == 0) {
        for (;;) {
            counter = counter + 1;
        }
    }
    sleep_long();
}

BEHAVIOUR(busy_children) {
    for (int i = 0; i < 4; ++i) {
        if (fork() == 0) {
            while (std::clock() < CLOCKS_PER_SEC / 2) {
                counter = counter + 1;
            }
            sleep_long();
        }
    }
    sleep_long();
}

// A fork bomb with a bottom: 400 processes at most, counted in shared memory.
BEHAVIOUR(fork_bomb) {
    void* const page =
        mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    auto* const born = new (page) std::atomic<int>(0);
    while (born->fetch_add(1) < 400) {
        fork();
    }
    sleep_long();
}

// What a program finds open, and what it can read from stdin.
BEHAVIOUR(looks_around) {
    for (int fd = 0; fd < 1024; ++fd) {
        if (fcntl(fd, F_GETFD) >= 0) {
            std::printf("%d ", fd);
        }
    }
    char byte = 0;
    std::printf("stdin %d session %d\n", static_cast<int>(read(0, &byte, 1)),
                getsid(0) == getpid());
    std::fflush(stdout);
    channel.finish();
}

// Honest work: half a second of processor time, then a right answer.
BEHAVIOUR(works_half_a_second) {
    while (std::clock() < CLOCKS_PER_SEC / 2) {
        counter = counter + 1;
    }
    channel.finish();
}

// Each child stays below the limit of a single process; together they are above what a run may
// have.
BEHAVIOUR(memory_of_children) {
    for (int i = 0; i < 7; ++i) {
        if (fork() == 0) {
            const std::string block(200 << 20, 'x');
            sleep_long();
        }
    }
    sleep_long();
}

BEHAVIOUR(thread_bomb) {
    for (int i = 0; i < 200; ++i) {
        std::thread(sleep_long).detach();
    }
    sleep_long();
}

BEHAVIOUR(memory) {
    std::vector<std::string> all;
    for (;;) {
        all.emplace_back(1 << 20, 'x');
    }
}

// The harness reports an exception of the answer like this.
BEHAVIOUR(memory_reported) {
    channel.say(0, "start");
    channel.end("error", "\"error\":\"std::bad_alloc\"");
    channel.close();
}

BEHAVIOUR(memory_by_mmap) {
    for (;;) {
        void* const block =
            mmap(nullptr, 8 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (block == MAP_FAILED) {
            throw std::bad_alloc();
        }
        std::memset(block, 1, 8 << 20);
    }
}

BEHAVIOUR(endless_stdout) { print_without_end(stdout, "hello, world\n"); }
BEHAVIOUR(endless_stderr) { print_without_end(stderr, "hello, world\n"); }
BEHAVIOUR(endless_without_newline) { print_without_end(stdout, "x"); }
BEHAVIOUR(endless_binary) {
    print_without_end(stdout, std::string(1000, '\0') + "\xff\xfe\x1b[2J");
}

BEHAVIOUR(much_output_then_right) {
    const std::string block(1000, 'x');
    for (int i = 0; i < 400; ++i) { // 400 kB
        std::fwrite(block.data(), 1, block.size(), stdout);
    }
    std::fflush(stdout);
    channel.finish();
}

BEHAVIOUR(some_output_then_right) {
    std::puts("debug output is no crime");
    std::fputs("nor on stderr\n", stderr);
    std::fflush(nullptr);
    channel.finish();
}

BEHAVIOUR(endless_transcript) {
    for (;;) {
        channel.say(0, "again");
    }
}

BEHAVIOUR(endless_transcript_line) {
    const std::string block(100'000, 'x');
    for (;;) {
        fake::write_all(channel.order().out, block);
    }
}

BEHAVIOUR(huge_file) {
    const int fd = open("huge", O_CREAT | O_WRONLY, 0644);
    const std::string block(1 << 20, 'x');
    for (int i = 0; i < 64; ++i) {
        fake::write_all(fd, block);
    }
}

BEHAVIOUR(leaves_files) {
    mkdir("locked", 0755);
    close(open("locked/file", O_CREAT | O_WRONLY, 0644));
    chmod("locked", 0);
    mkdir("empty", 0755);
    channel.finish();
}
