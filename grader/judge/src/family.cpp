// family.cpp: stops all descendants, then kills them, so that none can flee by forking meanwhile.
#include "family.hpp"

#include "os.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>

namespace lab::judge {

namespace {

/// Reaps who is dead. Returns: whether no child is left at all. As orphans come to us, none left
/// means that the whole family is gone.
bool reap() {
    for (;;) {
        const pid_t reaped = waitpid(-1, nullptr, WNOHANG);
        if (reaped < 0 && errno != EINTR) {
            return errno == ECHILD;
        }
        if (reaped == 0) {
            return false;
        }
    }
}

/// SIGSTOP cannot be refused. What forks before it is stopped shows up in the next look.
void freeze() {
    std::size_t before = 0;
    for (int look = 0; look < 50; ++look) {
        const auto family = os::descendants(getpid());
        for (const pid_t pid : family) {
            kill(pid, SIGSTOP);
        }
        if (family.size() == before) {
            return;
        }
        before = family.size();
    }
}

} // namespace

bool end_family() {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!reap()) {
        if (std::chrono::steady_clock::now() > give_up) {
            return false;
        }
        freeze();
        for (const pid_t pid : os::descendants(getpid())) {
            kill(pid, SIGKILL);
        }
        poll(nullptr, 0, 1);
    }
    return true;
}

} // namespace lab::judge
