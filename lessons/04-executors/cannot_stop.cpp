// cannot_stop.cpp: goes wrong: two futures are cancelled, and one helper peels on.
#include <aio/lab.hpp>
using namespace aio;

void peel(std::string sack) {
    block_for(1s);
    say("{} sack: peeled", sack);
}

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    ThreadPool helper{1};
    Future<> first = loop.run_in_executor(&helper, peel, "first");
    Future<> second = loop.run_in_executor(&helper, peel, "second");
    Future<> third = loop.run_in_executor(&helper, peel, "third");
    co_await sleep(200ms);
    first.cancel();  // a helper has it already
    second.cancel(); // waits before the hatch
    say("first: {}", first.cancelled() ? "cancelled" : "open");
    co_await third;
    say("main done");
}

int main() { run(async_main()); }
