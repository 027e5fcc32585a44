// The same order, put together from two lists; a second await of a finished task costs nothing.
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

std::vector<Block> arrange() {
    std::vector<Block> blocks = {Block::create_soup, Block::create_bread};
    for (Block wait : {Block::await_soup, Block::await_bread}) {
        blocks.push_back(wait);
        if (wait == Block::await_soup) {
            blocks.push_back(Block::say_taste);
        }
    }
    blocks.push_back(Block::await_soup);
    blocks.push_back(Block::say_serve);
    return blocks;
}
