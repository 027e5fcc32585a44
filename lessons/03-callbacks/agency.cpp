// agency.cpp: a future completed in a callback: who speaks when, and in which order?
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    Future<> news = loop.create_future<>();
    loop.call_later(100ms, [&loop, news] {
        loop.call_soon([] { say("coffee"); });
        news.set_result();
        say("agency: done");
    });
    news.add_done_callback([](Future<>) { say("actor: hooray"); });
    co_await news;
    say("main: hooray");
}

int main() { run(async_main()); }
