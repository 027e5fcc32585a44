// call: crashed timed-out
// Pretends to have met the limit of time: no matter, it is not accepted.
#include <csignal>
static void attack() { raise(SIGXCPU); }
