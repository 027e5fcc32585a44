// two_tasks.cpp: the question of the page: who is finished first?
#include <aio/lab.hpp>
using namespace aio;

Coro<> work(std::string name, ms delay) {
    say("{} started", name);
    co_await sleep(delay);
    say("{} finished", name);
}
Coro<> async_main() {
    co_await gather(work("Task 1", 3s), work("Task 2", 1s)); // together
}
int main() { run(async_main()); }
