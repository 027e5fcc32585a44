// 05-shutdown/03 fix-shutdown-recipe, solved: the handler rings, main does the rest.
#include <aio/lab.hpp>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup); // given
ms period_of(const std::string& name);                  // given
ms cleanup_of(const std::string& name);                 // given

/// Runs the services until signal `signo` comes.
/// Returns: how many of them have closed.
Coro<int> app(std::vector<std::string> names, int signo) {
    // 1 the handler does as little as possible. Setting a flag that is set already does
    //   nothing, so it may come as often as it likes.
    Event stop;
    get_running_loop().add_signal_handler(signo, [stop] { stop.set(); });

    // 2 the services are tasks that we know by name: there is no need to ask for all
    //   tasks, of which this function is one.
    std::vector<Task<>> services;
    for (const std::string& name : names) {
        services.push_back(
            create_task(service(name, period_of(name), cleanup_of(name))));
    }
    co_await stop.wait();

    // 3 one request each, then wait until they have cleaned up. Their end is a
    //   CancelledError, which must not end this function: it comes as an outcome.
    say("Shutting down...");
    for (const Task<>& one : services) {
        one.cancel();
    }
    const auto outcomes = co_await gather_settled(services);

    // 4 run() waits for this function and for nothing else. It returns, and the loop
    //   has no need of stop().
    say("bye");
    co_return static_cast<int>(outcomes.size());
}
