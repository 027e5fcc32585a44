// call: ended-early
// A daemon with a session of its own, all signals ignored, stays behind.
#include <csignal>
#include <unistd.h>
static void attack() {
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            for (int number = 1; number < 64; ++number) {
                std::signal(number, SIG_IGN);
            }
            for (;;) {
                pause();
            }
        }
    }
    _exit(0);
}
