// text: compile-limit does-not-compile
#include "/dev/zero"
