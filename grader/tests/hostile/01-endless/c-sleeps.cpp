// call: timed-out
// Waits for a signal that nobody sends.
#include <unistd.h>
static void attack() {
    for (;;) {
        pause();
    }
}
