// call: ended-early
#include <cstdlib>
static void attack() { std::quick_exit(0); }
