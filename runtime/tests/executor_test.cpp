// executor_test.cpp: jobs on worker threads, on a clock that all of them share.
#include "virtual_world.hpp"

#include <aio/run.hpp>

#include <doctest/doctest.h>

#include <thread>

using namespace aio;
using aio::testing::DefaultVirtualClock;
using aio::testing::Log;
using aio::testing::RecordingTracer;
using aio::testing::VirtualWorld;

namespace {

std::string stamp() { return std::to_string(current_clock().now().time_since_epoch() / 1ms) + " "; }

Coro<> note_end(Log& log, Future<int> job) {
    const int number = co_await job;
    log.push_back(stamp() + "job " + std::to_string(number) + " end");
}

Coro<> six_jobs(Log& log, ThreadPool& pool) {
    std::vector<Task<>> ends;
    for (int i = 0; i < 6; ++i) {
        auto job = get_running_loop().run_in_executor(&pool, [i] {
            block_for(300ms);
            return i;
        });
        ends.push_back(create_task(note_end(log, std::move(job))));
    }
    log.push_back(stamp() + "all submitted");
    for (auto& end : ends) {
        co_await end;
    }
}

} // namespace

TEST_CASE("a job starts when a worker is free, and those that end together post in their order") {
    VirtualWorld world;
    ThreadPool pool(2);

    world.run(six_jobs(world.log, pool));

    CHECK(world.log == Log{"0 all submitted", "300 job 0 end", "300 job 1 end", "600 job 2 end",
                           "600 job 3 end", "900 job 4 end", "900 job 5 end"});
}
