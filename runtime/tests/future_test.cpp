// future_test.cpp: a future's states, and the errors that name what went wrong.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <memory>

using namespace aio;
using aio::testing::Log;
using aio::testing::VirtualWorld;

TEST_CASE("a pending future has neither result nor error, and a done one takes neither") {
    VirtualWorld world;
    const auto future = world.loop.create_future<int>();

    CHECK_FALSE(future.done());
    CHECK_THROWS_AS(future.result(), InvalidStateError);
    CHECK_THROWS_AS(future.exception(), InvalidStateError);
    future.set_result(5);

    CHECK(future.done());
    CHECK(future.result() == 5);
    CHECK(future.exception() == nullptr);
    CHECK_THROWS_AS(future.set_result(6), InvalidStateError);
    CHECK_THROWS_AS(future.set_exception(Error("late")), InvalidStateError);
    CHECK_FALSE(future.cancel());
}

TEST_CASE("a failed future throws its error to everybody who asks") {
    VirtualWorld world;
    const auto future = world.loop.create_future<int>();

    future.set_exception(Error("boom"));

    CHECK_THROWS_WITH(future.result(), "boom");
    CHECK_THROWS_WITH(future.result(), "boom");
    CHECK(describe(future.exception()) == "boom");
}

TEST_CASE("a cancelled future throws CancelledError with the message") {
    VirtualWorld world;
    const auto future = world.loop.create_future<int>();

    CHECK(future.cancel("enough"));

    CHECK(future.cancelled());
    CHECK_THROWS_AS(future.result(), CancelledError);
    CHECK_THROWS_AS(future.exception(), CancelledError);
}

TEST_CASE("a callback that was removed is not called, and one on a done future is called on the "
          "next turn") {
    VirtualWorld world;
    const auto future = world.loop.create_future<int>();

    const auto removed = future.add_done_callback([&] { world.note("removed"); });
    future.add_done_callback(
        [&](const Future<int>& done) { world.note("kept " + std::to_string(done.result())); });
    CHECK(future.remove_done_callback(removed));
    CHECK_FALSE(future.remove_done_callback(removed));
    future.set_result(3);
    future.add_done_callback([&] { world.note("late"); });
    world.note("queued");
    world.run_until_idle();

    CHECK(world.log == Log{"0 queued", "0 kept 3", "0 late"});
}

TEST_CASE("a value that cannot be copied goes to who asks first") {
    VirtualWorld world;
    const auto future = world.loop.create_future<std::unique_ptr<int>>();

    future.set_result(std::make_unique<int>(7));

    CHECK(*future.result() == 7);
}

TEST_CASE("a future that outlives its loop can still be completed; there is nobody to tell") {
    Future<int> future;
    {
        VirtualWorld world;
        future = world.loop.create_future<int>();
        future.add_done_callback([] { FAIL("called without a loop"); });
    }

    future.set_result(1);

    CHECK(future.result() == 1);
}
