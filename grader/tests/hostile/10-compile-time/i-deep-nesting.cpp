// text: compile-limit does-not-compile
// So many brackets that a compiler which calls itself for each one has no stack left.
#define A ((((((((
#define B A A A A A A A A
#define C B B B B B B B B
#define D C C C C C C C C
#define E D D D D D D D D
#define F E E E E E E E E
int deep = F 1;
