// expect: wrong-content needless-wait — one chain for everybody
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

Coro<> on_message(int client, int size) {
    static Lock turn;
    const auto held = co_await turn.scoped();
    const int small = co_await get_running_loop().run_in_executor(nullptr, resize_image, size);
    const std::string name = co_await lookup(client);
    say("{}: image of {} KB", name, small);
}
