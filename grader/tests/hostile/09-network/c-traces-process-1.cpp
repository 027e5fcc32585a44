// call: ended-early
#include <sys/mount.h>
#include <sched.h>
#include <sys/ptrace.h>
#include <unistd.h>
static void attack() {
    const bool done = ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) == 0 ||
                      unshare(CLONE_NEWUSER) == 0 || unshare(CLONE_NEWNS) == 0 ||
                      mount("none", "/tmp", "tmpfs", 0, nullptr) == 0 || setuid(0) == 0;
    if (!done) {
        _exit(7);
    }
}
