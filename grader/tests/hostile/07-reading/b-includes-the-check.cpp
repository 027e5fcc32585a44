// text: does-not-compile
#include "@ROOT@/grader/checks/@KEY@/check.cpp"
