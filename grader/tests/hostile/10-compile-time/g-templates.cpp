// text: compile-limit does-not-compile
// Twice as many instances at each depth.
template <int Depth, long Path> struct Bomb {
    static constexpr long value =
        Bomb<Depth - 1, 2 * Path>::value + Bomb<Depth - 1, 2 * Path + 1>::value;
};
template <long Path> struct Bomb<0, Path> {
    static constexpr long value = Path;
};
static_assert(Bomb<40, 1>::value != 0);
