// too_early.cpp: goes wrong: a result is read before it is there.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    Future<int> answer = loop.create_future<int>();
    loop.call_later(100ms, [answer] { answer.set_result(42); });
    say("asking");
    say("the answer is {}", answer.result()); // reads, and does not wait
    co_await answer;
}

int main() { run(async_main()); }
