// call: ended-early
// Leaves something for a later run wherever that is possible; the next one looks for it.
#include <fcntl.h>
#include <unistd.h>
static void attack() {
    for (const char* path : {"lab-was-here", "/tmp/lab-was-here", "/var/tmp/lab-was-here",
                             "/dev/shm/lab-was-here", "/lab-was-here", "/lab-box/lab-was-here"}) {
        close(open(path, O_WRONLY | O_CREAT, 0666));
    }
    _exit(7);
}
