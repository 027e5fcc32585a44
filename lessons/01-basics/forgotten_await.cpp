// forgotten_await.cpp: goes wrong: a call without co_await runs nothing.
#include <aio/lab.hpp>
using namespace aio;

Coro<> greet(std::string name) {
    say("Hello, {}!", name);
    co_return;
}

Coro<> async_main() {
    auto card = greet("Ada"); // nobody awaits it
    co_await greet("Ben");
}

int main() { run(async_main()); }
