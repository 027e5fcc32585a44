// known.cpp: the news is there already: main goes on, a callback waits its turn.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    Future<int> news = get_running_loop().create_future<int>();
    news.set_result(42);
    news.add_done_callback([](Future<int> f) { say("callback: {}", f.result()); });
    say("main: {}", co_await news);
    co_await sleep(0ms);
    say("main again");
}

int main() { run(async_main()); }
