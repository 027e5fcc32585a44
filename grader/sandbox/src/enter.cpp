// enter.cpp: the steps before a stranger's command, in an order in which each is still allowed.
#include "enter.hpp"

#include "filter.hpp"
#include "limits.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <string>
#include <sys/prctl.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace lab::box {

namespace {

void write_to(const char* path, const std::string& text, const char* what) {
    const int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        fail(what);
    }
    close(fd);
}

void become(uid_t uid) {
    const auto gid = static_cast<gid_t>(uid);
    if (setgroups(0, nullptr) != 0 || setresgid(gid, gid, gid) != 0 ||
        setresuid(uid, uid, uid) != 0) {
        fail("cannot become another user");
    }
    if (setuid(0) == 0) {
        errno = EPERM;
        fail("the way back to root is open");
    }
}

/// Effects: leaves of the environment what programs and compilers need, and nothing of the
/// caller's.
void forget_environment() {
    constexpr std::array kept{"PATH",         "LANG",    "LC_ALL",       "HOME",
                              "TMPDIR",       "LAB_FDS", "ASAN_OPTIONS", "UBSAN_OPTIONS",
                              "TSAN_OPTIONS", "TERM",    "NO_COLOR"};
    std::vector<std::pair<const char*, std::string>> values;
    for (const char* const name : kept) {
        if (const char* const value = std::getenv(name)) {
            values.emplace_back(name, value);
        }
    }
    clearenv();
    for (const auto& [name, value] : values) {
        setenv(name, value.c_str(), 1);
    }
}

void tell(int fd, const std::string& line) {
    if (fd >= 0) {
        (void)!write(fd, line.data(), line.size());
    }
}

} // namespace

void enter(const Options& options) {
    // 1. What takes the rights of root: the cgroups, and being spared when memory is short.
    for (const std::string& file : options.joins) {
        write_to(file.c_str(), "0", "cannot join a cgroup");
    }
    if (options.oom_score != 0) {
        write_to("/proc/self/oom_score_adj", std::to_string(options.oom_score),
                 "cannot set the oom score");
    }
    if (options.own_directory && options.uid != 0 && chown(".", options.uid, options.uid) != 0) {
        fail("cannot give the working directory away");
    }
    // 2. Give them up. The kernel forgets the wish to die with the parent when the user changes.
    if (options.uid != 0) {
        become(options.uid);
    }
    if (!options.own_directory && !options.polite_parent && chdir("/") != 0) {
        fail("cannot leave the directory");
    }
    prctl(PR_SET_PDEATHSIG, options.polite_parent ? SIGTERM : SIGKILL, 0, 0, 0);
    if (options.plain_environment) {
        forget_environment();
    }
    // 3. Limits last: they hold for these steps too.
    std::vector<int> kept = options.keep;
    if (options.status >= 0) {
        fcntl(options.status, F_SETFD, FD_CLOEXEC);
        kept.push_back(options.status);
    }
    close_all_but(kept);
    set_limits(options.limits);
    if (options.filter && !set_filter()) {
        fail("cannot refuse system calls");
    }
    tell(options.status, "direct\n");
    execv(options.command[0], options.command.data());
    tell(options.status, std::string("failed cannot run ") + options.command[0] + ": " +
                             std::strerror(errno) + "\n");
    fail(options.command[0]);
}

} // namespace lab::box
