// call: crashed
// Calls itself without end.
static int deeper(int n) {
    volatile char frame[1000] = {};
    frame[n % 1000] = 1;
    return n < 0 ? 0 : deeper(n + 1) + frame[0];
}
static void attack() { deeper(0); }
