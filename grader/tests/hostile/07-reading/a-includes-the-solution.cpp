// text: does-not-compile
#include "@ROOT@/solutions/@KEY@.cpp"
