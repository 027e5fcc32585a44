// known.cpp: news that is there already: an await goes on, a callback still waits its turn.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    Future<int> future = get_running_loop().create_future<int>();
    future.set_result(42);
    future.add_done_callback([](Future<int> f) { say("callback: {}", f.result()); });
    say("main: {}", co_await future);
    co_await sleep(0ms);
    say("main again");
}

int main() { run(async_main()); }
