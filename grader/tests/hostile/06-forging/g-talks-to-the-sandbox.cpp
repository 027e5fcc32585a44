// start: ended-early
// Looks for the descriptor on which the sandbox reports, here and in process 1.
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>
static void attack() {
    bool found = false;
    for (int fd = 5; fd < 64; ++fd) {
        found = found || write(fd, "ended 0\n", 8) > 0;
    }
    DIR* const others = opendir("/proc/1/fd");
    found = found || (others != nullptr && readdir(others) != nullptr);
    if (!found) {
        _exit(7);
    }
}
