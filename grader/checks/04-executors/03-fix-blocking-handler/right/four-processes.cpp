// Next door instead of in the back room: a pool of four processes, and a lock for each client.
#include <map>
#include <memory>
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);
Coro<std::string> lookup(int client);

struct Client {
    Lock lock;
};
std::map<int, std::unique_ptr<Client>> clients;
std::unique_ptr<ProcessPool> kitchens;

Coro<> on_message(int client, int size) {
    if (kitchens == nullptr) {
        kitchens = std::make_unique<ProcessPool>(4);
    }
    auto& state = clients[client];
    if (!state) {
        state = std::make_unique<Client>();
    }
    co_await state->lock.acquire();
    const int small =
        co_await get_running_loop().run_in_executor(kitchens.get(), resize_image, size);
    const std::string name = co_await lookup(client);
    say("{}: image of {} KB", name, small);
    state->lock.release();
}
