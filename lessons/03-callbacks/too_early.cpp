// too_early.cpp: goes wrong: a mailbox is opened before the letter is there.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    Future<int> answer = get_running_loop().create_future<int>();
    get_running_loop().call_later(100ms, [answer]() mutable { answer.set_result(42); });
    say("the answer is {}", answer.result()); // nobody waited
    co_return;
}

int main() { run(async_main()); }
