// call: ended-early
// The number that a shell shows for a crash is a number like any other.
#include <unistd.h>
static void attack() { _exit(139); }
