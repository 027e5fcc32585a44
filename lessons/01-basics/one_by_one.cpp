// one_by_one.cpp: goes wrong: two awaits in a row take the sum of both waits.
#include <aio/lab.hpp>
using namespace aio;

Coro<> cook(std::string dish, ms d) {
    say("{}: cooking", dish);
    co_await sleep(d);
    say("{}: ready", dish);
}

Coro<> async_main() {
    co_await cook("soup", 300ms);
    co_await cook("bread", 500ms); // begins only now
}

int main() { run(async_main()); }
