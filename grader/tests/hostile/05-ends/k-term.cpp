// call: crashed
#include <csignal>
#include <unistd.h>
static void attack() { kill(getpid(), SIGTERM); }
