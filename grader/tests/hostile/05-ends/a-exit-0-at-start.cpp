// start: ended-early
// Ends with success before anything runs.
#include <unistd.h>
static void attack() { _exit(0); }
