// call: output-limit
// Prints without end and without an end of line.
#include <unistd.h>
static void attack() {
    for (;;) {
        (void)!write(1, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 64);
    }
}
