// call: ended-early
#include <cstdlib>
static void attack() { std::exit(0); }
