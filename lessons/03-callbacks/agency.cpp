// agency.cpp: two callbacks and main wait for one piece of news; a call fails.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    Future<> news = loop.create_future<>();
    news.add_done_callback([] { throw Error("dead battery"); });
    news.add_done_callback([] { say("Ben"); });
    loop.call_later(100ms, [news] {
        news.set_result();
        say("agency");
    });
    co_await news;
    say("main");
}

int main() { run(async_main()); }
