// pool_plan.cpp: five jobs, handed in at three times, share two workers.
#include <aio/lab.hpp>
using namespace aio;

Coro<> ticket(ThreadPool& pool, int number, ms submit_at, ms duration) {
    co_await sleep(submit_at);
    co_await get_running_loop().run_in_executor(&pool,
                                                [duration] { block_for(duration); });
    say("job {} end", number);
}

Coro<> async_main() {
    ThreadPool pool{2};
    co_await gather(ticket(pool, 0, 0ms, 300ms), ticket(pool, 1, 0ms, 100ms),
                    ticket(pool, 2, 0ms, 200ms), ticket(pool, 3, 100ms, 400ms),
                    ticket(pool, 4, 350ms, 100ms));
    say("all done");
}

int main() { run(async_main()); }
