// pyramid.cpp: the same three steps as nested callbacks, then as a coroutine.
#include <aio/lab.hpp>
using namespace aio;

void save(Future<> finished) {
    get_running_loop().call_later(50ms, [finished]() mutable {
        say("callback: saved");
        finished.set_result();
    });
}

void parse(Future<> finished) {
    get_running_loop().call_later(100ms, [finished] {
        say("callback: parsed");
        save(finished);
    });
}

void fetch(Future<> finished) {
    get_running_loop().call_later(200ms, [finished] {
        say("callback: fetched");
        parse(finished);
    });
}

Coro<> steps() {
    co_await sleep(200ms);
    say("coroutine: fetched");
    co_await sleep(100ms);
    say("coroutine: parsed");
    co_await sleep(50ms);
    say("coroutine: saved");
}

Coro<> async_main() {
    Future<> finished = get_running_loop().create_future<>();
    fetch(finished);
    co_await finished;
    co_await steps();
}

int main() { run(async_main()); }
