// expect: wrong-content needless-wait — takes one of four places, and waits for the client with it
#include <map>
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

Semaphore& places() {
    static Semaphore four{4};
    return four;
}
std::map<int, Lock> chains;

Coro<> on_message(int client, int size) {
    co_await places().acquire();
    co_await chains[client].acquire();
    int small = co_await to_thread(resize_image, size);
    places().release();
    say("{}: image of {} KB", co_await lookup(client), small);
    chains[client].release();
}
