// text: compile-limit does-not-compile crashed
// An object file of a gigabyte.
char huge[1 << 30] = {1};
