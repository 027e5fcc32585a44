// All images of a client may be in work together; only the replies stand in a row of futures.
#include <unordered_map>
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

static std::unordered_map<int, Future<>> latest;

Coro<> on_message(int client, int size) {
    static ThreadPool pool(4);
    EventLoop& loop = get_running_loop();
    const Future<> mine = loop.create_future<>();
    Future<> before = loop.create_future<>();
    if (latest.count(client) > 0) {
        before = latest[client];
    } else {
        before.set_result();
    }
    latest[client] = mine;
    auto job = loop.run_in_executor(&pool, [size] { return resize_image(size); });
    auto asking = create_task(lookup(client));
    std::string name = co_await asking;
    int small = co_await job;
    co_await before;
    say("{}: image of {} KB", name, small);
    mine.set_result();
}
