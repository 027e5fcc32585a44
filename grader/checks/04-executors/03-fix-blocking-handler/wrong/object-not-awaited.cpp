// expect: incomplete M01 — the handler calls the coroutine that does everything, and goes
#include <map>
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

ThreadPool helpers{4};
std::map<int, Lock> locks;

Coro<> answer(int client, int size) {
    const auto held = co_await locks[client].scoped();
    int small = co_await get_running_loop().run_in_executor(&helpers, resize_image, size);
    say("{}: image of {} KB", co_await lookup(client), small);
}

Coro<> on_message(int client, int size) {
    (void)answer(client, size);
    co_return;
}
