// done.cpp: completing a future calls nobody: it puts the numbers on the call list.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    Future<int> news = get_running_loop().create_future<int>();
    news.add_done_callback(
        [](Future<int> f) { say("first callback: {}", f.result()); });
    news.add_done_callback([](Future<int>) { say("second callback"); });
    say("before set");
    news.set_result(42);
    say("after set");
    co_await sleep(0ms);
    say("main again");
}

int main() { run(async_main()); }
