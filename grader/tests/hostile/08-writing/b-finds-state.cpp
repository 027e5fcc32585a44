// call: ended-early
// Goes on to be right if a run before has left something.
#include <unistd.h>
static void attack() {
    for (const char* path : {"lab-was-here", "/tmp/lab-was-here", "/var/tmp/lab-was-here",
                             "/dev/shm/lab-was-here", "/lab-was-here", "/lab-box/lab-was-here"}) {
        if (access(path, F_OK) == 0) {
            return;
        }
    }
    _exit(7);
}
