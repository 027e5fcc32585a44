// expect: wrong-content M53-stale — lets old cards come due and looks away
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto newest = std::make_shared<int>(0);
    return [d, f, newest](std::string value) {
        const int mine = ++*newest;
        get_running_loop().call_later(d, [f, value, newest, mine] {
            if (mine == *newest) {
                f(value);
            }
        });
    };
}
