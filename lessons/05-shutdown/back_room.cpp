// back_room.cpp: goes wrong: main has ended, and a job keeps the program open.
#include <aio/lab.hpp>
using namespace aio;

void peel() {
    block_for(2s);
    say("sack: peeled");
}

Coro<> async_main() {
    get_running_loop().run_in_executor(nullptr, peel);
    co_await sleep(500ms);
    say("main ends");
}

int main() {
    run(async_main());
    say("closed");
}
