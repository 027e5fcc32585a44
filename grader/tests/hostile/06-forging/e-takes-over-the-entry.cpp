// text: does-not-compile
// The driver's own function: two of them do not link, and do not even compile.
extern "C" void lab_entry(unsigned long) {}
