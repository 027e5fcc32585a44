// call: timed-out
// An endless loop that ignores every signal that can be ignored, SIGXCPU too.
#include <csignal>
static void attack() {
    for (int number = 1; number < 64; ++number) {
        std::signal(number, SIG_IGN);
    }
    for (volatile int i = 0;; i = i + 1) {
    }
}
