// spent_card.cpp: goes wrong: one coroutine object is awaited twice.
#include <aio/lab.hpp>
using namespace aio;

Coro<> cook() {
    say("soup: ready");
    co_return;
}

Coro<> async_main() {
    auto card = cook();
    co_await card;
    co_await card; // a card is good for one dish
}

int main() { run(async_main()); }
