// unit.cpp: the one translation unit of an exercise program: the answer, then the driver that calls
// it.
//
// Answers hold templates, classes and parameter types, so nothing that was compiled before could
// call them.
#include LAB_ANSWER
#include LAB_DRIVER
