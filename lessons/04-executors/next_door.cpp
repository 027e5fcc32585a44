// next_door.cpp: what a thread changes is changed here; what a process changes is not.
#include <aio/lab.hpp>
using namespace aio;

int potatoes = 0; // on the table

int peel(int more) {
    block_for(100ms);
    potatoes += more;
    return potatoes;
}

Coro<> async_main() {
    EventLoop& loop = get_running_loop();
    ProcessPool next_door{1};
    ThreadPool back_room{1};
    int counted = co_await loop.run_in_executor(&back_room, peel, 3);
    say("the back room counts {}, on the table: {}", counted, potatoes);
    counted = co_await loop.run_in_executor(&next_door, peel, 5);
    say("next door counts {}, on the table: {}", counted, potatoes);
}

int main() { run(async_main()); }
