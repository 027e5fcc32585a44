// start: timed-out
// An endless loop before main: nothing of the harness runs.
static void attack() {
    for (volatile int i = 0;; i = i + 1) {
    }
}
