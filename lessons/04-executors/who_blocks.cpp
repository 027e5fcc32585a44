// who_blocks.cpp: three tasks share the hands of the loop, and a job has its own.
#include <aio/lab.hpp>
using namespace aio;

Coro<> claim(Future<void> job) {
    co_await job;
    say("pool done");
}

Coro<> heartbeat() {
    for (int i = 0; i < 3; ++i) {
        say("beat {}", i);
        co_await sleep(100ms);
    }
}

Coro<> sleeper() {
    co_await sleep(250ms);
    say("sleep done");
}

Coro<> blocker() {
    block_for(300ms);
    say("block done");
    co_return;
}

Coro<> async_main() {
    auto job = get_running_loop().run_in_executor(nullptr, [] { block_for(200ms); });
    auto c = create_task(claim(job));
    auto h = create_task(heartbeat());
    auto s = create_task(sleeper());
    auto b = create_task(blocker());
    co_await c;
    co_await h;
    co_await s;
    co_await b;
}

int main() { run(async_main()); }
