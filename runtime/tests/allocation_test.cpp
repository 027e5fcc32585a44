// allocation_test.cpp: a call_soon of a small callable allocates nothing.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <new>

namespace {
std::size_t allocations = 0; // the tests of this program run on one thread where it is read
} // namespace

// NOLINTBEGIN(misc-new-delete-overloads): counted for the whole program
[[gnu::noinline]] void* operator new(std::size_t bytes) {
    ++allocations;
    void* memory = std::malloc(bytes);
    return memory != nullptr ? memory : throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
// NOLINTEND(misc-new-delete-overloads)

TEST_CASE("call_soon of a small callable allocates nothing, and neither does awaiting") {
    aio::testing::VirtualWorld world;
    int left = 100'000;
    struct Again {
        aio::EventLoop& loop;
        int& left;
        void* padding;
        void operator()() const {
            if (--left > 0) {
                loop.call_soon(Again{loop, left, nullptr}); // 24 bytes of captures
            } else {
                loop.stop();
            }
        }
    };
    world.loop.call_soon(Again{world.loop, left, nullptr});
    const std::size_t before = allocations;
    world.loop.run_forever();

    CHECK(left == 0);
    CHECK(allocations - before <= 4); // a chunk or two, once
}

TEST_CASE("the counter counts") {
    const std::size_t before = allocations;
    ::operator delete(
        ::operator new(1)); // unlike a new expression, this must not be optimised away
    CHECK(allocations > before);
}
