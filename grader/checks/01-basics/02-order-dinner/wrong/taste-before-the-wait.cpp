// expect: wrong-order taste-too-early — tastes before it waits for the soup
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
    return {
        Block::create_soup, Block::create_bread, Block::say_taste,
        Block::await_soup,  Block::await_bread,  Block::say_serve,
    };
}
