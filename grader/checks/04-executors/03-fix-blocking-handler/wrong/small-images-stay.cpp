// expect: wrong-content M25 — only large images go to the pool: small ones are quick, are they not
#include <map>
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

std::map<int, Lock> locks;
ThreadPool pool{4};

Coro<> on_message(int client, int size) {
    auto held = co_await locks[client].scoped();
    int small = 0;
    if (size < 100) {
        small = resize_image(size);
    } else {
        small = co_await get_running_loop().run_in_executor(&pool, resize_image, size);
    }
    say("{}: image of {} KB", co_await lookup(client), small);
}
