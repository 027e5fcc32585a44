// expect: wrong-content M25 — a coroutine around the call that blocks
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

Coro<int> resize_async(int size) { co_return resize_image(size); }

Coro<> on_message(int client, int size) {
    const int small = co_await resize_async(size);
    const std::string name = co_await lookup(client);
    say("{}: image of {} KB", name, small);
}
