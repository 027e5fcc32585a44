// recycled_test.cpp: recycled blocks against the plain rule that live blocks never overlap.
#include <aio/recycled.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <thread>
#include <vector>

namespace {

using aio::detail::Recycled;

struct Held {
    std::byte* memory;
    std::size_t size;
    std::byte mark;

    bool intact() const {
        return std::all_of(memory, memory + size, [this](std::byte b) { return b == mark; });
    }
};

Held take(std::size_t size, std::byte mark) {
    auto* memory = static_cast<std::byte*>(Recycled::operator new(size));
    std::fill_n(memory, size, mark);
    return {memory, size, mark};
}

} // namespace

TEST_CASE("blocks of random sizes keep what was written to them until they are dropped") {
    std::mt19937 random(7);
    std::vector<Held> held;
    bool all_intact = true;

    for (int i = 0; i < 200'000; ++i) {
        if (held.empty() || random() % 5 < 3) {
            held.push_back(take(1 + random() % 1200, static_cast<std::byte>(i)));
        } else {
            std::swap(held[random() % held.size()], held.back());
            all_intact = all_intact && held.back().intact();
            Recycled::operator delete(held.back().memory, held.back().size);
            held.pop_back();
        }
    }
    for (const Held& block : held) {
        all_intact = all_intact && block.intact();
        Recycled::operator delete(block.memory, block.size);
    }

    CHECK(all_intact); // a block that was handed out twice has somebody else's mark
}

TEST_CASE("blocks made on one thread and dropped on another come back, and never overlap") {
    std::vector<std::vector<Held>> made(4);
    bool all_intact = true;

    for (int round = 0; round < 20; ++round) {
        std::vector<std::thread> makers;
        for (std::size_t t = 0; t < made.size(); ++t) {
            makers.emplace_back([&list = made[t], t] {
                for (int i = 0; i < 2'000; ++i) {
                    list.push_back(take(96, static_cast<std::byte>(t * 50 + 1)));
                }
            });
        }
        for (std::thread& maker : makers) {
            maker.join();
        }
        for (auto& list : made) { // here: another thread than the one that made them
            for (const Held& block : list) {
                all_intact = all_intact && block.intact();
                Recycled::operator delete(block.memory, block.size);
            }
            list.clear();
        }
    }

    CHECK(all_intact);
}

TEST_CASE("a list that was handed over is the thread's own again once it has taken it back") {
    constexpr std::size_t size = 784;
    const auto make_and_drop = [] {
        void* memory = Recycled::operator new(size);
        Recycled::operator delete(memory, size);
        return memory;
    };
    const void* mine = nullptr;
    const void* theirs = nullptr;

    std::thread owner([&] {                       // with lists of its own
        for (int i = 0; i < (1 << 20) + 2; ++i) { // one drop too many, and the list is handed over
            make_and_drop();
        }
        mine = make_and_drop();
        std::thread([&] { theirs = make_and_drop(); }).join();
    });
    owner.join();

    CHECK(mine != theirs); // else each drop gave the list away, and took a lock
}
