// call: crashed
// An exception out of a function that promises none.
static void attack() noexcept { throw 1; }
