// expect: wrong-content M43 — a chain for each client, and as many helpers as the pool has
#include <map>
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

std::map<int, Lock> chains;

Coro<> on_message(int client, int size) {
    const auto held = co_await chains[client].scoped();
    const int small = co_await get_running_loop().run_in_executor(nullptr, resize_image, size);
    const std::string name = co_await lookup(client);
    say("{}: image of {} KB", name, small);
}
