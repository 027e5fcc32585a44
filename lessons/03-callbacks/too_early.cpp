// too_early.cpp: goes wrong: a letter is read before it is there, and written twice.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    Future<int> news = get_running_loop().create_future<int>();
    try {
        say("the news: {}", news.result()); // reads, and does not wait
    } catch (const InvalidStateError& error) {
        say("too early: {}", error.what());
    }
    news.set_result(42);
    try {
        news.set_result(43); // a future has one letter
    } catch (const InvalidStateError& error) {
        say("too late: {}", error.what());
    }
    co_return;
}

int main() { run(async_main()); }
