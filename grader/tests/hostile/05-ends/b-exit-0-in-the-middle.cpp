// call: ended-early timed-out
#include <cstdlib>
static void attack() { std::exit(0); }
