// call: output-limit crashed ended-early
// One file without end.
#include <fcntl.h>
#include <unistd.h>
static void attack() {
    static char block[1 << 16] = {};
    const int fd = open("large", O_WRONLY | O_CREAT, 0600);
    for (;;) {
        if (write(fd, block, sizeof block) <= 0) {
            _exit(7);
        }
    }
}
