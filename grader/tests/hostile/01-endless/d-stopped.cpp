// call: timed-out
// Stops itself, as with Ctrl-Z.
#include <csignal>
static void attack() { raise(SIGSTOP); }
