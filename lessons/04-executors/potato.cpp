// potato.cpp: a helper peels while the cook has their hands full.
#include <aio/lab.hpp>
using namespace aio;

std::string peel() {
    block_for(300ms);
    return "potato";
}

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    loop.call_later(100ms, [] { say("oven"); });
    Future<std::string> check = loop.run_in_executor(nullptr, peel);
    say("ordered");
    block_for(200ms); // the cook chops
    say("onions");
    say("{}", co_await check);
}

int main() { run(async_main()); }
