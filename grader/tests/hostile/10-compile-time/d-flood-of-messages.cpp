// text: compile-limit does-not-compile
// As many errors as there are lines, each with a long story.
#define ONE undeclared + undeclared_too + not_there_at_all;
#define TEN ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define THOUSAND HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED
template <int N> void flood() { THOUSAND }
void flood_all() { THOUSAND THOUSAND THOUSAND THOUSAND }
