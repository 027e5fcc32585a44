// 04-executors/03 fix-blocking-handler, solved: four helpers, and a chain for each
// client.
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);           // given, blocks
Coro<std::string> lookup(int client); // given

// Both live as long as the program: all calls of on_message share them.
ThreadPool helpers{4};        // the fifth image waits before the hatch
std::map<int, Lock> at_table; // whose message is being answered, for each client

/// Replies to one message: resizes its image, and says so with the client's name.
Coro<> on_message(int client, int size) {
    // 1 one message of a client at a time. A lock is first come, first served, and it
    //   is held until the reply is out: the look-up may overtake as well. Other clients
    //   have other locks, so nobody waits for somebody else's image.
    const auto held = co_await at_table[client].scoped();

    // 2 the block goes to a worker. The loop's thread waits for the result with free
    //   hands, so the heartbeat and all other handlers go on.
    const int small =
        co_await get_running_loop().run_in_executor(&helpers, resize_image, size);

    // 3 the rest does not block, and stays where it was.
    const std::string name = co_await lookup(client);
    say("{}: image of {} KB", name, small);
}
