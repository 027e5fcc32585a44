// text: does-not-compile
// A main() of its own would leave the harness out.
#include <unistd.h>
int main() { _exit(0); }
