// pyramid.cpp: the same three steps as nested callbacks, then as one coroutine.
#include <aio/lab.hpp>
using namespace aio;

void callbacks(EventLoop& loop, Future<> finished) {
    loop.call_later(200ms, [&loop, finished] {
        say("callback: fetched");
        loop.call_later(100ms, [&loop, finished] {
            say("callback: parsed");
            loop.call_later(50ms, [finished] {
                say("callback: saved");
                finished.set_result();
            });
        });
    });
}

Coro<> coroutine() {
    co_await sleep(200ms);
    say("coroutine: fetched");
    co_await sleep(100ms);
    say("coroutine: parsed");
    co_await sleep(50ms);
    say("coroutine: saved");
}

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    Future<> finished = loop.create_future<>();
    callbacks(loop, finished); // returns at once
    co_await finished;         // from callbacks to a coroutine
    Task<> task = create_task(coroutine());
    task.add_done_callback([] { say("callback: told"); }); // and back
    co_await task;
    say("main: told");
}

int main() { run(async_main()); }
