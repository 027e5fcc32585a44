// start: process-limit timed-out
// Every process makes two of itself.
#include <unistd.h>
static void attack() {
    for (;;) {
        fork();
    }
}
