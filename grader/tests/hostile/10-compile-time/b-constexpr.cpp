// text: compile-limit does-not-compile
// A long calculation for the compiler.
constexpr unsigned long spin() {
    unsigned long sum = 0;
    for (unsigned long i = 0; i < 1'000'000'000'000; ++i) {
        sum += i * i;
    }
    return sum;
}
static_assert(spin() != 1);
