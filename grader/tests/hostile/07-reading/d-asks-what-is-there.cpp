// text: does-not-compile
// Any of these would show something; if none is there, this does not compile.
#if !__has_include(                                                                                \
    "@ROOT@/solutions/@KEY@.cpp") &&                                                               \
    !__has_include(                                                                                \
        "@ROOT@/README.md") &&                                                                     \
        !__has_include("/etc/passwd") &&                                                           \
                       !__has_include("@OUTSIDE@") && !__has_include("../../solutions/@KEY@.cpp")
#error nothing to be seen
#endif
