// lifecycle.cpp: two tasks, from their creation to the last await.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> task(std::string name, ms delay) {
    say("{}: starting", name);
    co_await sleep(delay);
    say("{}: done", name);
    co_return name;
}

Coro<> async_main() {
    say("Main: creating tasks");
    auto a = create_task(task("A", 2s));
    auto b = create_task(task("B", 1s));
    say("Main: waiting for tasks");
    co_await a;
    co_await b;
    say("Main: all done");
}

int main() { run(async_main()); }
