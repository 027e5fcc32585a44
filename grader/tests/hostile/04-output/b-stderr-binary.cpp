// start: output-limit
// Prints bytes of every kind on the other stream.
#include <unistd.h>
static void attack() {
    unsigned char bytes[256];
    for (int i = 0; i < 256; ++i) {
        bytes[i] = static_cast<unsigned char>(i);
    }
    for (;;) {
        (void)!write(2, bytes, sizeof bytes);
    }
}
