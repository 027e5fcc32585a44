// phone_list.cpp: callbacks and waiters stand on one list, and somebody is added too
// late.
#include <aio/lab.hpp>
using namespace aio;

Coro<> actor(std::string name, Future<int> part) {
    int scene = co_await part;
    say("{}: {}", name, scene);
}

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    Future<int> part = loop.create_future<int>();
    Task<> uma = create_task(actor("Uma", part));
    Task<> vic = create_task(actor("Vic", part));
    part.add_done_callback([](Future<int> f) { say("Ann: {}", f.result()); });
    co_await sleep(0ms);
    part.add_done_callback([](Future<int> f) { say("Bob: {}", f.result()); });
    say("before set");
    part.set_result(7);
    loop.call_soon([] { say("Sam: soon"); });
    part.add_done_callback([](Future<int> f) { say("Liz: {}", f.result()); });
    say("after set");
    co_await uma;
    co_await vic;
    say("all know");
}

int main() { run(async_main()); }
