// text: does-not-compile
// An address that does not fit: the linker refuses it with words of its own.
asm(".data\nodd: .byte odd\n.text\n");
