// call: output-limit
// Floods the checker's own channel, without an end of line.
#include <unistd.h>
static void attack() {
    static char block[1 << 16] = {};
    for (;;) {
        (void)!write(4, block, sizeof block);
    }
}
