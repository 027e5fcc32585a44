// process_pool_test.cpp: jobs in other processes, on the clock of this one.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <cstdlib>
#include <unistd.h>

using namespace aio;
using aio::testing::Log;
using aio::testing::VirtualWorld;

namespace {

int twice(int number) {
    block_for(50ms);
    return 2 * number;
}

std::string join(std::vector<std::string> words, char between) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : std::string(1, between)) + word;
    }
    return text;
}

/// Returns: the text of the error that `future` ends with.
template <class T> std::string error_of(VirtualWorld& world, Future<T> future) {
    try {
        world.loop.run_until_complete(future);
    } catch (const BrokenProcessPool& error) {
        return "broken: " + std::string(error.what());
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

} // namespace

TEST_CASE(
    "a process job gets its arguments, blocks on the parent's clock, and returns its result") {
    VirtualWorld world;
    ProcessPool pool(2);
    const auto number = world.loop.run_in_executor(&pool, twice, 21);
    const auto text = world.loop.run_in_executor(
        &pool, join, std::vector<std::string>{"a", "", "long enough to be on the heap"}, '-');
    const auto pid = world.loop.run_in_executor(&pool, [] { return ::getpid(); });

    CHECK(world.loop.run_until_complete(text) == "a--long enough to be on the heap");
    CHECK(world.clock.now() == time_point{});
    CHECK(world.loop.run_until_complete(number) == 42);
    CHECK(world.clock.now() == time_point{50ms});
    CHECK(world.loop.run_until_complete(pid) != ::getpid());
}

TEST_CASE("a worker that dies breaks the pool: its job and later ones get an error, none hangs") {
    VirtualWorld world;
    ProcessPool pool(1);
    const auto killed = world.loop.run_in_executor(&pool, [] { std::raise(SIGKILL); });
    const auto queued = world.loop.run_in_executor(&pool, twice, 1);

    CHECK(error_of(world, killed) == "broken: the process of worker-1 has died while it had a job");
    CHECK(error_of(world, queued) == "broken: a process of this pool has died: make a new pool");
    CHECK_THROWS_AS(world.loop.run_in_executor(&pool, twice, 2), BrokenProcessPool);
}
