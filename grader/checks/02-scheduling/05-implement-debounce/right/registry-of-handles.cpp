// All handles in one table, by the number of their function; call_at with a date of its own.
#include <aio/lab.hpp>
using namespace aio;

namespace {
std::map<int, TimerHandle> handles;
int functions = 0;
} // namespace

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    EventLoop* loop = &get_running_loop();
    const int number = ++functions;
    return [=](std::string value) {
        if (const auto found = handles.find(number); found != handles.end()) {
            found->second.cancel();
        }
        handles[number] = loop->call_at(loop->time() + d, [=] {
            handles.erase(number);
            f(value);
        });
    };
}
