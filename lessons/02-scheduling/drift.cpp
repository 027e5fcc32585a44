// drift.cpp: goes wrong: each lap takes the work as well as the sleep.
#include <aio/lab.hpp>
using namespace aio;

Coro<> async_main() {
    for (int lap = 0; lap < 4; ++lap) {
        say("tick {}", lap);
        block_for(30ms); // the work
        co_await sleep(100ms);
    }
}

int main() { run(async_main()); }
