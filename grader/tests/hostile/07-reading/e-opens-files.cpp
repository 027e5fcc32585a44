// call: ended-early
// Whoever can open one of these while running may go on to be right.
#include <fcntl.h>
#include <unistd.h>
static void attack() {
    for (const char* path :
         {"@ROOT@/solutions/@KEY@.cpp", "@ROOT@/grader/checks/@KEY@/check.cpp", "/etc/passwd",
          "/etc/hostname", "@OUTSIDE@", "/proc/1/environ", "/proc/1/mem", "/proc/1/maps",
          "/proc/@PID@/cmdline", "/proc/kcore", "/sys/kernel", "/dev/shm", "/root", "/home"}) {
        if (open(path, O_RDONLY) >= 0) {
            return;
        }
    }
    _exit(7);
}
