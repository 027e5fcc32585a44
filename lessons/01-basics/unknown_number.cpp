// unknown_number.cpp: waits together for as many dishes as a list names, in two ways.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> cook(std::string dish) {
    co_await sleep(100ms * dish.size());
    say("{}: ready", dish);
    co_return dish;
}

Coro<> by_gather(std::vector<std::string> dishes) {
    std::vector<Coro<std::string>> cards;
    for (const std::string& dish : dishes) {
        cards.push_back(cook(dish)); // on the table
    }
    const std::vector<std::string> served = co_await gather(std::move(cards));
    say("{} dishes, first {}", served.size(), served.front());
}

Coro<> by_tasks(std::vector<std::string> dishes) {
    std::vector<Task<std::string>> tasks;
    for (const std::string& dish : dishes) {
        tasks.push_back(create_task(cook(dish))); // on the rail
    }
    for (Task<std::string>& task : tasks) {
        say("served: {}", co_await task);
    }
}

Coro<> async_main() {
    const std::vector<std::string> dishes = {"pizza", "egg"};
    co_await by_gather(dishes);
    co_await by_tasks(dishes);
}

int main() { run(async_main()); }
