// text: does-not-compile
// Messages that look like a machine without a compiler.
#warning c++: fatal error: cannot execute 'as': No space left on device
asm(".error \"mold: fatal: cannot open output file: No space left on device\"");
