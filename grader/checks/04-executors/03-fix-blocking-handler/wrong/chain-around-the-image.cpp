// expect: wrong-order chain-ends-too-early — the lock is given back before the look-up
#include <map>
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

ThreadPool helpers{4};
std::map<int, Lock> locks;

Coro<int> resize_in_turn(int client, int size) {
    const auto held = co_await locks[client].scoped();
    co_return co_await get_running_loop().run_in_executor(&helpers, resize_image, size);
}

Coro<> on_message(int client, int size) {
    const int small = co_await resize_in_turn(client, size);
    const std::string name = co_await lookup(client);
    say("{}: image of {} KB", name, small);
}
