// expect: wrong-order M05 — a helper for each image, and nobody looks after the order
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

Coro<> on_message(int client, int size) {
    const int small = co_await to_thread(resize_image, size);
    const std::string name = co_await lookup(client);
    say("{}: image of {} KB", name, small);
}
