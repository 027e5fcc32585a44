// expect: wrong-content count-early — counts after the guest of honour, before the others
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> greet(std::string name, ms d);

Coro<int> greet_all(std::vector<std::string> names, ms d) {
    int heard = 0;
    std::string last = co_await greet(names.front(), d);
    heard += last.empty() ? 0 : 1;
    const int result = heard;
    for (std::size_t i = 1; i < names.size(); ++i) {
        last = co_await greet(names[i], d);
        heard += last.empty() ? 0 : 1;
    }
    co_return result;
}
