// expect: wrong-order M02 — bakes the bread alone, then cooks the soup, in a helper
#include <aio/lab.hpp>
using namespace aio;

enum class Block {
    create_soup,
    create_bread,
    await_soup,
    await_bread,
    say_taste,
    say_serve,
    call_soup_no_await,
    nested_run,
    block_for_soup,
    await_soup_coro_inline
};

void cook_alone(std::vector<Block>& blocks, Block create, Block wait_for_it) {
    blocks.push_back(create);
    blocks.push_back(wait_for_it);
}

std::vector<Block> arrange() {
    std::vector<Block> blocks;
    cook_alone(blocks, Block::create_bread, Block::await_bread);
    cook_alone(blocks, Block::create_soup, Block::await_soup);
    blocks.push_back(Block::say_taste);
    blocks.push_back(Block::say_serve);
    return blocks;
}
