// start: out-of-memory process-limit timed-out
// Each of many children takes less than one process may.
#include <unistd.h>
#include <vector>
static void attack() {
    for (int i = 0; i < 16; ++i) {
        if (fork() == 0) {
            const std::vector<char> bytes(200 << 20, 'x');
            while (bytes[1] == 'x') {
                pause();
            }
        }
    }
    for (;;) {
        pause();
    }
}
