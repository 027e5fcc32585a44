// Each message makes a task that awaits the client's task before it. Counts its own places.
#include <deque>
#include <map>
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

std::map<int, Task<>> last_of;
int free_places = 4;
std::deque<Future<>> line;

Coro<int> resize(int size) {
    if (free_places == 0) {
        auto called = get_running_loop().create_future<>();
        line.push_back(called);
        co_await called; // whoever calls hands over a place
    } else {
        --free_places;
    }
    const int small = co_await get_running_loop().run_in_executor(nullptr, resize_image, size);
    if (line.empty()) {
        ++free_places;
    } else {
        line.front().set_result();
        line.pop_front();
    }
    co_return small;
}

Coro<> answer(int client, int size, std::vector<Task<>> before) {
    for (auto& task : before) {
        co_await task;
    }
    int small = co_await resize(size);
    say("{}: image of {} KB", co_await lookup(client), small);
}

Coro<> on_message(int client, int size) {
    std::vector<Task<>> before;
    if (auto found = last_of.find(client); found != last_of.end()) {
        before.push_back(found->second);
    }
    auto mine = create_task(answer(client, size, before));
    last_of.insert_or_assign(client, mine);
    co_await mine;
}
