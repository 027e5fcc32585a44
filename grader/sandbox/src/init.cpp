// init.cpp: process 1 of a sandbox.
#include "init.hpp"

#include "filter.hpp"
#include "limits.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lab::box {

namespace {

void tell(int fd, const std::string& line) {
    if (fd >= 0 && write(fd, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
        _exit(125); // nobody would know how the command ended: better none at all
    }
}

[[noreturn]] void become_command(const Options& options, char* const* command, int report) {
    set_limits(options.limits);
    std::vector<int> kept = options.keep;
    kept.push_back(report);
    close_all_but(kept);
    if (!options.filter || set_filter()) {
        execv(command[0], command);
    }
    const int why = errno;
    (void)!write(report, &why, sizeof why);
    _exit(127);
}

/// Returns: why the command could not be started, 0 if it was.
int error_of_exec(int report) {
    int why = 0;
    ssize_t got = 0;
    do {
        got = read(report, &why, sizeof why);
    } while (got < 0 && errno == EINTR);
    return got == sizeof why ? why : 0;
}

/// Returns: the wait status of `command`, after burying all who have died before it.
int run(const Options& options, char* const* command) {
    std::array<int, 2> report{};
    if (pipe2(report.data(), O_CLOEXEC) != 0) {
        fail("pipe");
    }
    const pid_t child = fork();
    if (child < 0) {
        fail("fork");
    }
    if (child == 0) {
        become_command(options, command, report[1]);
    }
    close(report[1]);
    const int why = error_of_exec(report[0]);
    close(report[0]);
    if (why != 0) {
        tell(options.status,
             std::string("failed cannot run ") + command[0] + ": " + std::strerror(why) + "\n");
        _exit(125);
    }
    tell(options.status, "started\n");
    for (;;) {
        int status = 0;
        const pid_t gone = waitpid(-1, &status, 0);
        if (gone == child) {
            return status;
        }
        if (gone < 0 && errno != EINTR) {
            _exit(125);
        }
    }
}

} // namespace

void init(const Options& options) {
    // Nobody inside may look into this process or take its descriptors: it has the status pipe.
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    int status = 0;
    std::vector<char*> words = options.command;
    for (auto from = words.begin(); from != words.end() && status == 0;) {
        const auto end = std::find_if(from, words.end(), [](const char* word) {
            return word == nullptr || std::strcmp(word, "--then") == 0;
        });
        *end = nullptr; // the last word of all is a null already
        status = run(options, &*from);
        from = end + 1;
    }
    tell(options.status, "ended " + std::to_string(status) + "\n");
    _exit(0);
}

} // namespace lab::box
