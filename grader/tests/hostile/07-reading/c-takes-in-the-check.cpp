// text: does-not-compile
// By the assembler, which has an include of its own.
asm(".data\nstolen: .incbin \"@ROOT@/grader/checks/@KEY@/check.cpp\"\n.text\n");
