// driver.hpp: runs the arranged blocks as the main of a dinner, each exactly as its label says.
#pragma once
#include <lab/driver.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "params.hpp"

namespace exercise {

aio::Coro<> cook(std::string dish, aio::ms d) {
    aio::say("{}: cooking", dish);
    co_await aio::sleep(d);
    aio::say("{}: ready", dish);
}

/// One dish of the evening: one coroutine object, made when a block first names it, and perhaps a
/// task.
struct Dish {
    std::string name;
    aio::ms delay;
    std::optional<aio::Coro<>> object{};
    aio::Task<> task{};

    /// The same object every time: the runtime itself complains about a second use.
    aio::Coro<>& card() {
        if (!object) {
            object.emplace(cook(name, delay));
        }
        return *object;
    }
    void create() { task = aio::create_task(std::move(card()), name); }
    aio::Task<>& created() {
        if (!task) {
            throw std::logic_error("there is no task '" + name + "' to await yet");
        }
        return task;
    }
};

aio::Coro<> serve_dinner(std::vector<Block> blocks, Params p) {
    Dish soup{"soup", p.soup};
    Dish bread{"bread", p.bread};
    for (const Block block : blocks) {
        switch (block) {
        case Block::create_soup:
            soup.create();
            break;
        case Block::create_bread:
            bread.create();
            break;
        case Block::await_soup:
            co_await soup.created();
            break;
        case Block::await_bread:
            co_await bread.created();
            break;
        case Block::say_taste:
            aio::say("taste");
            break;
        case Block::say_serve:
            aio::say("serve");
            break;
        case Block::call_soup_no_await: {
            const auto forgotten = cook("soup", p.soup);
            break;
        }
        case Block::nested_run:
            aio::run(cook("soup", p.soup));
            break;
        case Block::block_for_soup:
            aio::block_for(p.soup);
            break;
        case Block::await_soup_coro_inline:
            co_await std::move(soup.card());
            break;
        }
    }
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    aio::run(exercise::serve_dinner(arrange(), exercise::draw(seed)));
}
