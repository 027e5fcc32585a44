// on_message only fills a queue; a task for each client empties it. A semaphore is the limit.
#include <map>
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

std::map<int, Queue<int>> inbox;
std::vector<Task<>> consumers;
Semaphore* places = nullptr;

Coro<> consume(int client) {
    for (;;) {
        const int size = co_await inbox[client].get();
        int small = 0;
        {
            const auto place = co_await places->scoped();
            small = co_await to_thread(resize_image, size);
        }
        const auto name = co_await lookup(client);
        say("{}: image of {} KB", name, small);
    }
}

Coro<> on_message(int client, int size) {
    static Semaphore four(4);
    places = &four;
    if (!inbox.contains(client)) {
        consumers.push_back(create_task(consume(client)));
    }
    inbox[client].put_nowait(size);
    co_return;
}
