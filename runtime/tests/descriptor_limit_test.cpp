// descriptor_limit_test.cpp: a process that may open no descriptor more. Not under UBSan, which
// opens pipes of its own to look at memory.
#include "virtual_world.hpp"

#include <aio/unique_fd.hpp>
#include <doctest/doctest.h>

#include <array>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>

using namespace aio;
using aio::testing::VirtualWorld;

namespace {

/// Returns: the number that the next descriptor will have.
int lowest_free() { return UniqueFd(::dup(0)).get(); }

/// Lets this process open no descriptor more.
struct NoMoreDescriptors {
    rlimit before{};
    NoMoreDescriptors() {
        ::getrlimit(RLIMIT_NOFILE, &before);
        rlimit none = before;
        none.rlim_cur = static_cast<rlim_t>(lowest_free());
        ::setrlimit(RLIMIT_NOFILE, &none);
    }
    ~NoMoreDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before); }
};

} // namespace

TEST_CASE("a loop that gets no descriptor is refused and leaves no trace; others go on (real)") {
    VirtualWorld world;
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const UniqueFd read(ends[0]);
    const UniqueFd write(ends[1]);
    const int free_before = lowest_free();
    {
        const NoMoreDescriptors limit;
        for (const std::string_view name : selector_names()) {
            CHECK_THROWS_AS(make_selector(name), std::system_error);
        }
        CHECK_THROWS_AS(EventLoop(), std::system_error);
        CHECK(EventLoop::find(world.loop.id() + 1) == nullptr);

        world.loop.add_writer(ends[1], [&] {
            CHECK(::write(ends[1], "x", 1) == 1);
            world.loop.remove_writer(ends[1]);
        });
        world.loop.add_reader(ends[0], [&] { world.loop.stop(); });
        CHECK_THROWS_AS(world.loop.add_reader(9999, [] {}), std::system_error);
        CHECK_FALSE(world.loop.remove_reader(9999));
        world.loop.run_forever();
    }
    CHECK(lowest_free() == free_before);
    CHECK(EventLoop().id() == world.loop.id() + 1);
}
