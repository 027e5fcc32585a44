// text: does-not-compile
// Any of these would show something; if none is there, this does not compile.
#if __has_include("@ROOT@/solutions/@KEY@.cpp") || __has_include("@ROOT@/README.md")
#elif __has_include("/etc/passwd") || __has_include("@OUTSIDE@")
#elif __has_include("../../solutions/@KEY@.cpp") || __has_include("../../../README.md")
#else
#error nothing to be seen
#endif
