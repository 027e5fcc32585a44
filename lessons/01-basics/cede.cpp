// cede.cpp: does every co_await let the others run?
#include <aio/lab.hpp>
using namespace aio;

Coro<> a() {
    say("a");
    co_return;
}

Coro<> b() {
    say("b");
    co_return;
}

Coro<> plain() {
    auto tb = create_task(b());
    for (int i = 0; i < 3; ++i) {
        co_await a();
    }
    co_await tb;
}

Coro<> tasked() {
    auto tb = create_task(b());
    for (int i = 0; i < 3; ++i) {
        co_await create_task(a());
    }
    co_await tb;
}

Coro<> async_main() {
    say("plain:");
    co_await plain();
    say("tasked:");
    co_await tasked();
}

int main() { run(async_main()); }
