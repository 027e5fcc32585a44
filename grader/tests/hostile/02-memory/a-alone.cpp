// call: out-of-memory crashed
// Takes memory until there is none.
#include <vector>
static void attack() {
    std::vector<std::vector<char>> all;
    for (;;) {
        all.emplace_back(1 << 20, 'x');
    }
}
