// call: ended-early
// Without its channel a program can say nothing, and what is not said is not right.
#include <unistd.h>
static void attack() {
    for (int fd = 3; fd < 64; ++fd) {
        close(fd);
    }
}
