// expect: wrong-order M46 — quick images sleep a little, so that slow ones can get ahead of them
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

ThreadPool helpers{4};

Coro<> on_message(int client, int size) {
    const int small = co_await get_running_loop().run_in_executor(&helpers, resize_image, size);
    if (size < 200) {
        co_await sleep(200ms - ms(size));
    }
    const std::string name = co_await lookup(client);
    say("{}: image of {} KB", name, small);
}
