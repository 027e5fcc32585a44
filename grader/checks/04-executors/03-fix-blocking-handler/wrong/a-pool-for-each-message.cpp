// expect: wrong-content M43 — four workers, but a pool for each call; the replies keep their order
#include <map>
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

std::map<int, std::vector<Future<>>> open;

Coro<> on_message(int client, int size) {
    ThreadPool pool{4};
    auto done = get_running_loop().create_future<>();
    open[client].push_back(done);
    const std::size_t place = open[client].size() - 1;
    const int small = co_await get_running_loop().run_in_executor(&pool, resize_image, size);
    const std::string name = co_await lookup(client);
    if (place > 0) {
        co_await open[client][place - 1];
    }
    say("{}: image of {} KB", name, small);
    done.set_result();
}
