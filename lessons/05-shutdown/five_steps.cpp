// five_steps.cpp: a restaurant closes in order, and nothing is lost.
#include <aio/lab.hpp>
using namespace aio;

using Guests = std::shared_ptr<std::vector<Task<>>>;

Coro<> guest(std::string name, ms dinner) {
    try {
        co_await sleep(dinner);
        say("{}: finished", name);
        co_return;
    } catch (const CancelledError&) {
        say("{}: cut off", name);
    }
    co_await sleep(100ms);
    say("{}: coat on", name);
    throw CancelledError();
}

Coro<> open_door(Guests guests) {
    for (int i = 1;; ++i) {
        const std::string name = "guest " + std::to_string(i);
        say("{}: comes in", name);
        guests->push_back(create_task(guest(name, i * 250ms), name));
        co_await sleep(200ms);
    }
}

void peel() {
    block_for(1200ms);
    say("sack: peeled");
}

Coro<> close_restaurant(Task<> door, Guests guests) {
    // 1 lock the door
    door.cancel();
    co_await gather_settled(door);
    say("door locked");
    // 2 let the guests finish, up to a limit
    Waited<Task<>> evening = co_await wait(*guests, When::all_completed, 400ms);
    say("{} finished, {} left", evening.done.size(), evening.pending.size());
    // 3 ask the others to go, and wait for their clean-up
    for (Task<>& late : evening.pending) {
        late.cancel();
    }
    co_await gather_settled(evening.pending);
    // 4 wait for the back room
    co_await get_running_loop().shutdown_default_executor();
    say("back room empty");
    // 5 lights out: main returns, and run() closes the loop
}

Coro<> async_main() {
    Guests guests = std::make_shared<std::vector<Task<>>>();
    Task<> door = create_task(open_door(guests), "door");
    get_running_loop().run_in_executor(nullptr, peel);
    co_await sleep(500ms);
    co_await close_restaurant(door, guests);
}

int main() {
    run(async_main());
    say("lights out");
}
