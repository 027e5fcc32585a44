// expect: wrong-order M05 — four workers, started and collected in two steps; no chain either
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

ThreadPool* four = nullptr;

Coro<> answer(int client, Future<int> image) {
    auto name = create_task(lookup(client));
    int kilobytes = co_await image;
    say("{}: image of {} KB", co_await name, kilobytes);
}

Coro<> on_message(int client, int size) {
    static ThreadPool workers(4);
    four = &workers;
    auto image = get_running_loop().run_in_executor(four, [=] { return resize_image(size); });
    auto task = create_task(answer(client, image));
    co_await task;
}
