// expect: wrong-content needless-wait — the images are free, the replies stand in one row for all
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

ThreadPool helpers{4};
std::vector<Future<>> replies;

Coro<> on_message(int client, int size) {
    const std::size_t number = replies.size();
    replies.push_back(get_running_loop().create_future<>());
    const int small = co_await get_running_loop().run_in_executor(&helpers, resize_image, size);
    const std::string name = co_await lookup(client);
    if (number > 0) {
        co_await replies[number - 1];
    }
    say("{}: image of {} KB", name, small);
    replies[number].set_result();
}
