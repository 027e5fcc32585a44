// at_once.cpp: goes wrong: who waits at the hatch does nothing else meanwhile.
#include <aio/lab.hpp>
using namespace aio;

std::string peel() {
    block_for(300ms);
    return "potato";
}

Coro<> fry_onions() {
    co_await sleep(200ms);
    say("onions");
}

Coro<> async_main() {
    say("{}", co_await get_running_loop().run_in_executor(nullptr, peel));
    co_await fry_onions(); // begins only now
}

int main() { run(async_main()); }
